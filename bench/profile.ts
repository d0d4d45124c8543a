import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '../scripts/local/free-port.ts'
import { stopOnSignal } from '../scripts/local/stop-on-signal.ts'
import { runLoad } from './load/run-load.ts'
import { topFunctions, type CpuProfile } from './report/top-functions.ts'
import { gatewayCall, type Ask } from './scenarios/calls.ts'
import { bareKey, prepareBare, spawnBare } from './targets/bare-workerd.ts'
import { bundleReadably } from './targets/bundle-readably.ts'
import { connectInspector } from './targets/connect-inspector.ts'
import { stopChildren } from './targets/start-child.ts'
import { startUpstream } from './targets/targets.ts'
import { waitUntilUp } from './targets/wait-until-up.ts'

/** Where the gateway's CPU time goes: a CPU profile of the Worker alone under load. */
const asks: Readonly<Record<string, Ask>> = {
  json: { script: 'short' },
  translated: { script: 'short', upstream: 'anthropic' },
  stream: { script: 'long', stream: true, includeUsage: true },
  'stream-no-usage': { script: 'long', stream: true },
  'stream-translated': { script: 'long', stream: true, upstream: 'anthropic' },
  'stream-paced': { script: 'paced', stream: true, includeUsage: true },
}

const { positionals } = parseArgs({ allowPositionals: true })
const [name = 'json'] = positionals
const ask = asks[name]
if (!ask) {
  console.error(`Usage: pnpm exec node bench/profile.ts <${Object.keys(asks).join('|')}>`)
  process.exit(2)
}

stopOnSignal(stopChildren)
const upstream = await startUpstream()
const folder = await prepareBare('gw', upstream.url)
await bundleReadably(join(folder.path, 'index.js'))
try {
  const port = await freePort(19_200)
  const { child, url } = await spawnBare(folder, [`--inspector-addr=127.0.0.1:${port}`])
  await waitUntilUp(url)
  const call = gatewayCall(ask, { url, pid: child.pid ?? 0, key: bareKey })
  const requests = ask.stream ? 40 : 1500
  const load = { kind: 'closed', requests, concurrency: 8 } as const
  await runLoad(call, load)

  const inspector = await connectInspector(`http://127.0.0.1:${port}`)
  await inspector.send('Profiler.enable')
  await inspector.send('Profiler.setSamplingInterval', { interval: 200 })
  await inspector.send('Profiler.start')
  await runLoad(call, load)
  const { profile }: { profile: CpuProfile } = JSON.parse(await inspector.send('Profiler.stop'))
  inspector.close()
  console.log(' own %  whole %')
  for (const { title, own, whole } of topFunctions(profile, 45)) {
    console.log(`${own.toFixed(1).padStart(6)}  ${whole.toFixed(1).padStart(6)}   ${title}`)
  }
} finally {
  await stopChildren()
  await folder.remove()
}
