import { writeDist } from './local/bundle-dashboard.ts'

await writeDist()
