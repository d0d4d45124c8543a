import { bundleDashboard } from './local/bundle-dashboard.ts'

await bundleDashboard()
