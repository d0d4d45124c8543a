import { startGateway } from '../scripts/local/start-gateway.ts'
import { hostChild } from './targets/child-protocol.ts'
import { childOf } from './targets/process-tree.ts'
import { adminKey, upstreamKeys } from './targets/secrets.ts'

const [, , upstream = ''] = process.argv

await hostChild(async () => {
  const gateway = await startGateway({
    port: 0,
    state: undefined,
    adminKey,
    upstreams: { '*': `${upstream}/{provider}` },
    env: upstreamKeys,
  })
  if (gateway.key === undefined) throw new Error('A gateway without state must make a key.')
  return { url: gateway.url, key: gateway.key, pid: childOf(process.pid, 'workerd'), stop: () => gateway.stop() }
})
