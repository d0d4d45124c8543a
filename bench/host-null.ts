import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readFile } from 'node:fs/promises'
import { hostChild } from './targets/child-protocol.ts'
import { childOf } from './targets/process-tree.ts'
import { readWorkerSettings } from './targets/read-worker-settings.ts'

const [, , upstream = ''] = process.argv

await hostChild(async () => {
  const { compatibilityDate, compatibilityFlags } = await readWorkerSettings()
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      name: 'null',
      modules: true,
      script: await readFile(new URL('./targets/null-worker.js', import.meta.url), 'utf8'),
      compatibilityDate,
      compatibilityFlags,
      bindings: { UPSTREAM: upstream },
    }),
  )
  const { origin } = await miniflare.ready
  return { url: origin, pid: childOf(process.pid, 'workerd'), stop: () => miniflare.dispose() }
})
