import { hostChild } from './targets/child-protocol.ts'
import { serveUpstream } from './upstream/serve-upstream.ts'

await hostChild(async () => ({ url: await serveUpstream(), pid: process.pid, stop: async () => undefined }))
