import { describe, expect, test } from 'vitest'
import { startGateway } from './start-gateway.ts'

const chat = '/v1/chat/completions'
const hi = [{ role: 'user', content: 'hi' }]

interface Case {
  title: string
  path: string
  body: unknown
  headers?: Record<string, string>
  status: number
  message: string
  code?: string | null
}

const cases: Case[] = [
  { title: 'not JSON', path: chat, body: '{"model":', status: 400, message: 'The body is not JSON' },
  { title: 'no body', path: chat, body: '', status: 400, message: 'no body' },
  { title: 'an array', path: chat, body: [], status: 400, message: 'must be a JSON object' },
  { title: 'no model', path: chat, body: { messages: hi }, status: 400, message: 'No model named' },
  {
    title: 'a model that is a number',
    path: chat,
    body: { model: 5, messages: hi },
    status: 400,
    message: '`model` must be a string',
  },
  {
    title: 'no messages',
    path: chat,
    body: { model: 'openai/gpt-5' },
    status: 400,
    message: '`messages` must be an array',
  },
  {
    title: 'empty messages',
    path: chat,
    body: { model: 'openai/gpt-5', messages: [] },
    status: 400,
    message: '`messages` is empty',
  },
  {
    title: 'stream as a string',
    path: chat,
    body: { model: 'openai/gpt-5', messages: hi, stream: 'yes' },
    status: 400,
    message: '`stream` must be true or false',
  },
  {
    title: 'an unknown provider',
    path: chat,
    body: { model: 'nobody/x', messages: hi },
    status: 400,
    message: 'Unknown provider "nobody"',
  },
  {
    title: 'an unknown bare model',
    path: chat,
    body: { model: 'zzz-1', messages: hi },
    status: 404,
    message: 'Unknown model "zzz-1"',
  },
  {
    title: 'a provider that cannot chat',
    path: chat,
    body: { model: 'elevenlabs/x', messages: hi },
    status: 400,
    message: 'not reachable by chat',
  },
  {
    title: 'a missing upstream secret',
    path: chat,
    body: { model: 'groq/llama-3.3-70b-versatile', messages: hi },
    status: 401,
    message: 'Set GROQ_API_KEY',
  },
  {
    title: 'a bad header value',
    path: chat,
    body: { model: 'openai/gpt-5', messages: hi },
    headers: { 'cf-aig-max-attempts': '99' },
    status: 400,
    message: 'cf-aig-max-attempts',
  },
  {
    title: 'an unknown message role, where it must be translated',
    path: chat,
    body: { model: 'anthropic/claude-sonnet-4-5', messages: [{ role: 'robot', content: 'x' }] },
    status: 400,
    message: 'messages[0].role',
  },
  { title: 'an unknown path', path: '/v1/chat/completion', body: {}, status: 404, message: 'There is nothing at' },
]

describe.each(cases)('$title', ({ path, body, headers, status, message }) => {
  test(`is ${status}, says what to do, leaves one row and costs nothing`, async () => {
    const gateway = await startGateway()
    const response = await gateway.post(path, body, headers)
    expect(response.status).toBe(status)
    const answer = await response.json<{ error: { message: string } | { message: string }[] }>()
    const error = Array.isArray(answer.error) ? answer.error[0] : answer.error
    expect(error?.message).toContain(message)
    const row = await gateway.rowOf(response)
    expect([row.ending, row.success, row.cost_nano_usd, row.status_code]).toEqual(['rejected', false, 0, status])
    expect(gateway.simulator.requests).toEqual([])
  })
})

describe('who may call', () => {
  test.each([
    ['no key', {}, 'Missing gateway key'],
    ['an unknown key', { authorization: 'Bearer gw_unknown' }, 'Unknown gateway key'],
    ['a filler in place of the key', { authorization: 'Bearer undefined' }, 'Missing gateway key'],
    ["only a provider's key", { authorization: 'Bearer sk-live' }, 'Missing gateway key'],
  ])('%s is 401, before the body is read', async (_, headers, message) => {
    const gateway = await startGateway()
    const response = await gateway.send(chat, { method: 'POST', headers, body: 'not even JSON' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      error: { type: 'authentication_error', message: expect.stringContaining(message) },
    })
    expect(await gateway.rows()).toEqual([])
  })

  test('a revoked key is 401', async () => {
    const gateway = await startGateway()
    const revoked = await gateway.send(`/api/gateway-keys/${gateway.keyId}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer admin-key' },
    })
    expect(revoked.status).toBe(204)
    const response = await gateway.post(chat, { model: 'openai/gpt-5', messages: hi })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('revoked') } })
  })

  test("Cloudflare's paths answer in Cloudflare's envelope: 2009", async () => {
    const gateway = await startGateway()
    const response = await gateway.send('/v1/acc/default', { method: 'POST', body: '[]' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      success: false,
      result: [],
      messages: [],
      error: [{ code: 2009 }],
      errors: [{ code: 2009 }],
      name: 'AiGatewayError',
      httpCode: 401,
      internalCode: 2009,
    })
  })

  test("a gateway that does not exist is Cloudflare's 2001", async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/acc/nowhere/openai/chat/completions', { model: 'gpt-5', messages: hi })
    expect([response.status, (await response.json<{ error: { code: number }[] }>()).error[0]?.code]).toEqual([
      400, 2001,
    ])
  })
})

describe('limits and methods', () => {
  test('a body over the limit is 413', async () => {
    const gateway = await startGateway(() => ({ maxBodyBytes: 100 }))
    const response = await gateway.post(chat, {
      model: 'openai/gpt-5',
      messages: [{ role: 'user', content: 'x'.repeat(200) }],
    })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('100 bytes') } })
  })

  test('the wrong method is 405', async () => {
    const gateway = await startGateway()
    const response = await gateway.send(chat, { headers: { authorization: `Bearer ${gateway.key}` } })
    expect(response.status).toBe(405)
    expect(await response.json()).toMatchObject({ error: { message: 'Use POST on this path.' } })
  })

  test('a path that is nearly right is 404 and names the right one', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/chat/completions', { model: 'openai/gpt-5', messages: hi })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('/v1/chat/completions') } })
  })

  test.each([
    ['POST', '/v1/responses/resp_x/cancel', 404],
    ['POST', '/v1/responses/compact', 404],
    ['POST', '/v1/chat/completions/', 404],
    ['POST', '/v1/images/default', 404],
    ['POST', '/v1/audio/default/openai/chat/completions', 404],
    ['GET', '/v1/realtime', 404],
    ['GET', '/v1/responses', 405],
    ['POST', '/v1/models', 405],
    ['DELETE', '/v1/models/openai/gpt-5', 405],
  ])('%s %s names no account: %i', async (method, path, status) => {
    const gateway = await startGateway()
    const response = await gateway.send(path, { method, headers: { authorization: `Bearer ${gateway.key}` } })
    expect([response.status, await response.json(), gateway.simulator.requests]).toEqual([
      status,
      { error: expect.objectContaining({ type: 'invalid_request_error' }) },
      [],
    ])
    expect((await gateway.rowOf(response)).status_code).toBe(status)
  })

  test("below Anthropic's words, errors are in Anthropic's shape", async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/messages/batches', {})
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { type: 'error', error: { message: expect.stringMatching(/^There is nothing at/) } },
    ])
  })

  test('Anthropic callers get errors in their own shape', async () => {
    const gateway = await startGateway()
    const response = await gateway.post('/v1/messages', { model: 'anthropic/claude-sonnet-4-5', messages: [] })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
  })

  test('a private upstream is refused unless the operator allowed it', async () => {
    const gateway = await startGateway(() => ({ allowPrivateUpstreams: false, rewriteUpstream: (_, url) => url }))
    const response = await gateway.post(chat, { model: 'ollama/llama3', messages: hi })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('GW_ALLOW_PRIVATE_UPSTREAMS') },
    })
  })
})
