import { bundleWorker } from './local/bundle-worker.ts'

await bundleWorker()
