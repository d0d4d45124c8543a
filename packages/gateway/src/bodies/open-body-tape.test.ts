import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import { createBodies } from './create-bodies.ts'
import { createMemoryBodyStore } from './create-memory-body-store.ts'

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
const chunk = (content: string, finish: string | null = null): string =>
  event({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-5',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })
const whole = `${chunk('Hel')}${chunk('lo', 'stop')}data: [DONE]\n\n`
const streamed = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } })

async function start(upstream: (request: Request) => Promise<Response>) {
  const bodies = createBodies({ store: createMemoryBodyStore(), vault: undefined })
  const settings = { fallbacks: [{ to: ['groq/llama-3.3-70b-versatile'] }] }
  const gateways = createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }])
  const gateway = await startMemoryGateway(upstream, { bodies, gateways })
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await gateway.app.request(path, {
      method: 'POST',
      headers: { 'cf-aig-authorization': 'gw_test', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return response.text()
  }
  const kept = async (index = 0) => bodies.get({ orgId: 'default', logId: gateway.rows[index]?.id ?? '' })
  return { ...gateway, post, kept }
}

const chat = { model: 'openai/gpt-5', stream: true, messages: [{ role: 'user', content: 'Hi' }] }

test('keeps all that was streamed, byte for byte', async () => {
  const { post, kept, rowsReach } = await start(async () => streamed(whole))
  const answered = await post('/v1/chat/completions', chat)
  await rowsReach(1)
  expect(await kept()).toMatchObject({ request: JSON.stringify(chat), response: answered, isCut: false })
})

test('keeps what is streamed from the cache too', async () => {
  const { post, kept, rows, rowsReach } = await start(async () => streamed(whole))
  const headers = { 'cf-aig-cache-key': 'k' }
  const first = await post('/v1/chat/completions', chat, headers)
  await rowsReach(1)
  const second = await post('/v1/chat/completions', chat, headers)
  await rowsReach(2)
  expect([second, rows[1]?.cache_status]).toEqual([first, 'HIT'])
  expect(await kept(1)).toMatchObject({ response: first })
})

test('keeps both parts of a stream that another target went on with', async () => {
  const upstream = async ({ url }: Request) => streamed(url.includes('openai.com') ? chunk('Hel') : whole)
  const { post, kept, rowsReach } = await start(upstream)
  const answered = await post('/v1/chat/completions', chat, { 'gw-continue-stream': 'true' })
  await rowsReach(1)
  expect(answered).toContain('"lo"')
  expect((await kept())?.response).toBe(answered)
})

test('keeps the error with which a stream breaks off', async () => {
  const { post, kept, rowsReach } = await start(async () => streamed(chunk('Hel')))
  const answered = await post('/v1/chat/completions', chat)
  await rowsReach(1)
  expect(answered).toContain('upstream_truncated')
  expect((await kept())?.response).toBe(answered)
})

test('keeps no secret of a universal request', async () => {
  const { post, kept, rowsReach } = await start(async () => Response.json({ id: 'x', choices: [] }))
  const entry = {
    provider: 'openai',
    endpoint: 'chat/completions?key=sk-in-query',
    authorization: 'Bearer sk-beside',
    headers: { Authorization: 'Bearer sk-in-header', 'cf-aig-cache-ttl': '60' },
    query: { model: 'gpt-5', messages: [] },
  }
  await post('/v1/acc/default', [entry])
  await rowsReach(1)
  const { request = '' } = (await kept()) ?? {}
  expect(request).toContain('"model":"gpt-5"')
  expect(request).not.toContain('sk-')
})

test('keeps no header that the options of a run carry', async () => {
  const { post, kept, rowsReach } = await start(async () => Response.json({ response: 'Hello' }))
  const path = '/client/v4/accounts/acc/ai/run'
  const inputs = { messages: [{ role: 'user', content: 'Hi' }] }
  const options = { extraHeaders: { authorization: 'Bearer sk-very-secret' }, returnRawResponse: true }
  await post(path, { model: 'openai/gpt-5', inputs, options })
  await rowsReach(1)
  const { request } = (await kept()) ?? {}
  expect(request).not.toContain('very-secret')
  expect(JSON.parse(request ?? '')).toMatchObject({ model: 'openai/gpt-5', inputs })
})
