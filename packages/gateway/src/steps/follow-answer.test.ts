import { builtinProviders, createProviders } from '@gw/adapters'
import { createGatewayKey, createKeyResolver, createMemoryKeyStore } from '@gw/keys'
import { expect, test } from 'vitest'
import { createGateway } from '../create-gateway.ts'
import { createMemoryServices } from '../create-memory-services.ts'
import { createIdFactory } from '../create-id-factory.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import { createMemoryLogStore } from '../logs/create-memory-log-store.ts'

const root = 'https://api.replicate.com/v1/predictions'
const pending = { id: 'p1', status: 'processing', output: null, error: null, urls: { get: `${root}/p1` } }
const succeeded = { ...pending, status: 'succeeded', output: ['Hel', 'lo'] }

/** Asks Replicate, which answers each request with the next of these, and the last one for ever. */
async function ask(answers: readonly Response[], headers: Record<string, string> = {}) {
  const upstream: Request[] = []
  const pauses: number[] = []
  const clock = { now: 1_795_000_000_000 }
  const now = (): number => clock.now
  const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
  const logs = createMemoryLogStore()
  const key = await createGatewayKey({ id: 'k', orgId: 'default', secret: 'gw_test' })
  const app = createGateway({
    providers: createProviders(builtinProviders),
    keys: createMemoryKeyStore([key]),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings: {} }]),
    ...createMemoryServices({ now }),
    keyResolver: createKeyResolver({ env: { REPLICATE_API_TOKEN: 'r8_secret' }, now, random }),
    recordLog: (record) => logs.insert([record]),
    logs,
    report: () => undefined,
    fetch: async (request) => {
      upstream.push(request)
      return (answers[upstream.length - 1] ?? answers.at(-1) ?? Response.error()).clone()
    },
    now,
    sleep: async (ms) => {
      pauses.push(ms)
      clock.now += ms
    },
    createId: createIdFactory(now, random),
    random,
    variables: {},
    allowPrivateUpstreams: false,
    maxBodyBytes: 1_000_000,
    adminKey: 'admin',
    limits: { firstByteMs: 60_000, idleMs: 1000, answerBytes: 1_000_000, drainMs: 0, drainBytes: 0 },
  })
  const response = await app.request('/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'replicate/meta/llama', messages: [{ role: 'user', content: 'hello' }] }),
  })
  return { response, upstream, pauses, logs }
}

test('asks again, at longer and longer intervals, until the answer is there', async () => {
  const { response, upstream, pauses } = await ask([
    Response.json(pending, { status: 201 }),
    ...Array.from({ length: 5 }, () => Response.json(pending)),
    Response.json(succeeded),
  ])
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] })
  expect(pauses).toEqual([250, 500, 1000, 2000, 2000])
  expect(upstream.map(({ method, url, headers }) => [method, url, headers.get('authorization')])).toEqual([
    ['POST', 'https://api.replicate.com/v1/models/meta/llama/predictions', 'Bearer r8_secret'],
    ...Array.from({ length: 6 }, () => ['GET', `${root}/p1`, 'Bearer r8_secret']),
  ])
})

test('the key stays within the provider’s own origin', async () => {
  const elsewhere = { ...pending, urls: { get: 'https://evil.example.com/p1' } }
  const { upstream } = await ask([Response.json(elsewhere), Response.json(succeeded)])
  expect(upstream.map(({ url, headers }) => [new URL(url).host, headers.has('authorization')])).toEqual([
    ['api.replicate.com', true],
    ['evil.example.com', false],
  ])
})

test.each(['https://169.254.169.254/p1', 'http://api.replicate.com/p1'])('%s is not asked', async (get) => {
  const { response, upstream } = await ask([Response.json({ ...pending, urls: { get } })])
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code: 'blocked_upstream_url' } })
  expect(upstream).toHaveLength(1)
})

test('gives up when the request’s time is over', async () => {
  const { response, pauses } = await ask([Response.json(pending)], { 'cf-aig-request-timeout': '1000' })
  expect([response.status, pauses]).toEqual([504, [250, 500, 1000]])
})

test.each([
  [Response.json({ ...succeeded, status: 'failed', error: 'Out of memory.' }), 502, 'Out of memory.'],
  [Response.json({ ...succeeded, status: 'canceled' }), 502, 'The prediction was canceled.'],
  [
    Response.json({ title: 'Gone', detail: 'No such prediction.', status: 404 }, { status: 404 }),
    404,
    'No such prediction.',
  ],
  [Response.json({ ...pending, urls: { get: 'nowhere' } }), 502, 'The provider named no valid URL for its answer.'],
])('an answer that goes wrong later is an error: %#', async (later, status, message) => {
  const { response } = await ask([Response.json(pending), later])
  expect([response.status, await response.json()]).toMatchObject([status, { error: { message } }])
})

test('a look that fails is repeated, and the work is not ordered again', async () => {
  const { response, upstream, logs } = await ask(
    [
      Response.json(pending, { status: 201 }),
      Response.json({ title: 'Throttled', status: 429 }, { status: 429 }),
      new Response('<html>', { status: 503 }),
      Response.json(succeeded),
    ],
    { 'cf-aig-max-attempts': '3' },
  )
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] })
  expect(upstream.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET'])
  expect((await logs.list({ orgId: 'default', limit: 10 })).data).toMatchObject([{ success: true }])
})

test('work that has begun may cost something, even when nobody hears of its end', async () => {
  const headers = { 'cf-aig-request-timeout': '1000', 'cf-aig-max-attempts': '3' }
  const { response, upstream, logs } = await ask([Response.json(pending, { status: 201 })], headers)
  expect(response.status).toBe(504)
  expect(upstream.filter(({ method }) => method === 'POST')).toHaveLength(1)
  expect((await logs.list({ orgId: 'default', limit: 10 })).data).toMatchObject([
    { success: false, cost_nano_usd: null, usage_source: 'estimated' },
  ])
})
