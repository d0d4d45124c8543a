import { request, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type RunningGateway } from '../../../scripts/local/start-gateway.ts'
import { startCountingUpstream, type CountingUpstream } from './counting-upstream.ts'
import { allRows, poll } from './gateway-under-test.ts'
import { processTree, residentBytes } from './process-tree.ts'

const MB = 1_000_000
const adminKey = 'admin'

let upstream: CountingUpstream
let gateway: RunningGateway
let workerd: number[]

beforeAll(async () => {
  upstream = await startCountingUpstream()
  const before = await processTree(process.pid)
  gateway = await startGateway({
    port: 0,
    state: undefined,
    adminKey,
    upstreams: { '*': `${upstream.url}/{provider}` },
    env: { OPENAI_API_KEY: 'sk-env-openai', ANTHROPIC_API_KEY: 'sk-env-anthropic' },
  })
  workerd = (await processTree(process.pid)).filter((pid) => !before.includes(pid))
})

afterAll(async () => {
  await gateway.stop()
  await upstream.close()
})

async function memory(): Promise<number> {
  const sizes = await Promise.all(workerd.map(residentBytes))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function open(body: Record<string, unknown>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    })
    outgoing.once('response', resolve).once('error', reject)
    outgoing.end(JSON.stringify({ ...body, stream: true, messages: [{ role: 'user', content: 'much' }] }))
  })
}

/** Waits until nothing more leaves the provider for several looks. */
function standstill(): Promise<number> {
  let last = 0
  let same = 0
  return poll(() => {
    const sent = upstream.sentBytes()
    same = sent === last ? same + 1 : 0
    last = sent
    expect(same).toBeGreaterThanOrEqual(6)
    return sent
  }, 20_000)
}

test.each([
  ['untouched', { model: 'openai/gpt-4o-mini+huge:50000000', stream_options: { include_usage: true } }],
  ['without its usage event', { model: 'openai/gpt-4o-mini+huge:50000000' }],
  ['translated', { model: 'anthropic/claude-sonnet-4-5+huge:50000000' }],
])(
  'a caller who stops reading holds the provider back: 50 MB, %s',
  async (_title, body) => {
    const sentBefore = upstream.sentBytes()
    const memoryBefore = await memory()
    expect(memoryBefore).toBeGreaterThan(0)

    const incoming = await open(body)
    let received = 0
    const isEnded = new Promise<void>((resolve, reject) => incoming.once('end', resolve).once('error', reject))
    incoming.on('data', (bytes: Buffer) => {
      received += bytes.length
      if (received - bytes.length < MB && received >= MB) incoming.pause()
    })
    await poll(() => expect(incoming.isPaused()).toBe(true))
    const sent = (await standstill()) - sentBefore
    expect(received).toBeLessThan(5 * MB)
    // What the sockets on both sides hold, and no more.
    expect(sent).toBeLessThan(35 * MB)
    expect((await memory()) - memoryBefore).toBeLessThan(75 * MB)

    incoming.resume()
    await isEnded
    expect(received).toBeGreaterThan(50 * MB)

    const [row] = await poll(async () => {
      const rows = (await allRows({ url: gateway.url, key: adminKey })).filter(
        ({ id }) => id === incoming.headers['cf-aig-log-id'],
      )
      expect(rows).toHaveLength(1)
      return rows
    })
    expect(row).toMatchObject({ ending: 'complete', usage: { input: 1, output: 6_250_000 }, usage_source: 'reported' })
  },
  60_000,
)
