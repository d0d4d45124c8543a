import { describe, expect, test } from 'vitest'
import { keysOf } from './keys-of.ts'
import { secrets, startGateway } from './start-gateway.ts'

describe('native pass-through', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'POST'])(
    '%s reaches the provider with path, query and headers',
    async (method) => {
      const gateway = await startGateway()
      const response = await gateway.send('/v1/acc/default/deepseek/echo/some/path?a=1&b=x%2Fy', {
        method,
        headers: {
          'cf-aig-authorization': `Bearer ${gateway.key}`,
          authorization: 'Bearer sk-caller',
          'openai-beta': 'assistants=v2',
          'cf-aig-metadata': '{"a":1}',
          'x-api-key': 'sk-of-another-vendor',
          cookie: 'session=1',
        },
        ...(method === 'GET' ? {} : { body: 'plain text' }),
      })
      expect(response.status).toBe(200)
      const [seen] = gateway.simulator.requests
      expect([seen?.method, seen?.path, seen?.search]).toEqual([method, '/echo/some/path', '?a=1&b=x%2Fy'])
      expect(seen?.headers).toMatchObject({ authorization: 'Bearer sk-caller', 'openai-beta': 'assistants=v2' })
      const names = Object.keys(seen?.headers ?? {})
      expect(names.filter((name) => name.startsWith('cf-aig-') || name === 'x-api-key' || name === 'cookie')).toEqual(
        [],
      )
    },
  )

  test('a binary body passes byte for byte in both directions', async () => {
    const gateway = await startGateway()
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256)
    const response = await gateway.send('/v1/acc/default/deepseek/echo/raw', {
      method: 'POST',
      headers: {
        'cf-aig-authorization': `Bearer ${gateway.key}`,
        authorization: 'Bearer sk-caller',
        'content-type': 'audio/mpeg',
      },
      body: bytes,
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    expect(response.headers.get('content-type')).toBe('audio/mpeg')
  })

  test('a chat answer passes untouched, and its usage and cost are in the row', async () => {
    const gateway = await startGateway()
    const response = await gateway.post(
      '/v1/acc/default/anthropic/v1/messages',
      { model: 'claude-sonnet-4-5', max_tokens: 50, messages: [{ role: 'user', content: 'hello there' }] },
      { 'x-api-key': 'sk-ant', 'anthropic-version': '2023-06-01' },
    )
    expect(await response.text()).toBe(gateway.answers[0])
    const row = await gateway.rowOf(response)
    // 2 tokens in at $3, 4 out at $15 per million
    expect([row.model, row.usage, row.cost_nano_usd]).toEqual([
      'claude-sonnet-4-5',
      { input: 2, output: 4 },
      2 * 3000 + 4 * 15_000,
    ])
  })

  test('a stream passes untouched, and its usage is in the row', async () => {
    const gateway = await startGateway()
    const path = '/v1/acc/default/google-ai-studio/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse'
    const response = await gateway.post(
      path,
      { contents: [{ role: 'user', parts: [{ text: 'hello there' }] }] },
      { 'x-goog-api-key': 'g-key' },
    )
    await response.text()
    const row = await gateway.rowOf(response)
    expect([row.provider, row.model, row.stream, row.usage_source, row.ending]).toEqual([
      'google-ai-studio',
      'gemini-2.5-flash',
      true,
      'reported',
      'complete',
    ])
  })

  test("a provider's error passes with its own status, body and Retry-After", async () => {
    const gateway = await startGateway()
    const response = await gateway.post(
      '/v1/acc/default/openai/chat/completions',
      { model: 'gpt-4o-mini+status:429:9', messages: [{ role: 'user', content: 'hi' }] },
      { authorization: 'Bearer sk-caller' },
    )
    expect([response.status, response.headers.get('retry-after'), response.headers.get('gw-error')]).toEqual([
      429,
      '9',
      'rate_limit',
    ])
    expect(await response.text()).toBe(gateway.answers[0])
  })

  test("the provider's SDK may send the gateway key in the provider's place", async () => {
    const gateway = await startGateway(() => ({
      keyResolver: keysOf({ OPENAI_API_KEY: 'sk-stored' }),
    }))
    const response = await gateway.send('/v1/acc/default/openai/models', {
      headers: { authorization: `Bearer ${gateway.key}` },
    })
    expect(response.status).toBe(200)
    expect(gateway.simulator.requests[0]?.headers['authorization']).toBe('Bearer sk-stored')
  })
})

test('a short JSON answer names its cost, as its row does', async () => {
  const gateway = await startGateway()
  const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hello there' }] }
  const native = await gateway.post('/v1/acc/default/openai/chat/completions', body, secrets)
  // 2 tokens at $0.15 and 4 at $0.60 a million.
  expect(native.headers.get('gw-cost')).toBe('0.0000027')
  const entry = { provider: 'openai', endpoint: 'chat/completions', headers: secrets, query: body }
  const universal = await gateway.post('/v1/acc/default', [entry])
  expect(universal.headers.get('gw-cost')).toBe('0.0000027')
  expect(await gateway.rowOf(universal)).toMatchObject({ cost_nano_usd: 2700, cache_status: 'MISS' })
})

describe('what native calls cost', () => {
  const answering = (body: unknown, headers: Record<string, string> = {}) =>
    startGateway(() => ({ fetch: async () => Response.json(body, { headers }) }))
  const vectors = { embedding: { values: [1] } }

  test.each([
    ['cohere/v2/embed', { embeddings: { float: [[1]] }, meta: { billed_units: { input_tokens: 4 } } }, 4],
    ['google-ai-studio/v1beta/models/e:embedContent', { ...vectors, usageMetadata: { promptTokenCount: 5 } }, 5],
    ['openai/v1/embeddings', { data: [], usage: { prompt_tokens: 6, total_tokens: 6 } }, 6],
  ])('%s counts what the vendor says in its own words', async (path, answer, input) => {
    const gateway = await answering(answer)
    const response = await gateway.post(`/v1/acc/default/${path}`, { model: 'm', texts: ['a'] }, secrets)
    expect(await response.json()).toEqual(answer)
    expect(await gateway.rowOf(response)).toMatchObject({ usage: { input, output: 0 }, usage_source: 'reported' })
  })

  test('Bedrock counts in headers for models that do not', async () => {
    const headers = { 'x-amzn-bedrock-input-token-count': '7', 'x-amzn-bedrock-output-token-count': '3' }
    const gateway = await answering({ generation: 'Hi' }, headers)
    const path = '/v1/acc/default/aws-bedrock/bedrock-runtime/us-east-1/model/meta.llama3-8b-instruct-v1%3A0/invoke'
    const response = await gateway.post(path, { prompt: 'Hello' }, secrets)
    await response.text()
    expect((await gateway.rowOf(response)).usage).toEqual({ input: 7, output: 3 })
  })

  test.each([
    ['anthropic/v1/messages/count_tokens', { input_tokens: 9 }],
    ['google-ai-studio/v1beta/models/gemini-2.5-flash:countTokens', { totalTokens: 9 }],
    ['openai/v1/moderations', { results: [{ flagged: false }] }],
  ])('%s is free', async (path, answer) => {
    const gateway = await answering(answer)
    const body = { model: 'claude-sonnet-4-5', messages: [{ role: 'user', content: 'Hello' }], input: 'Hello' }
    const response = await gateway.post(`/v1/acc/default/${path}`, body, secrets)
    await response.text()
    expect(await gateway.rowOf(response)).toMatchObject({ success: true, cost_nano_usd: 0, usage: {} })
  })
})

describe('what the caller writes', () => {
  async function urlOf(path: string): Promise<string | undefined> {
    const sent: string[] = []
    const gateway = await startGateway(() => ({
      fetch: async (request) => {
        sent.push(request.url)
        return Response.json({})
      },
    }))
    const headers = { 'cf-aig-authorization': `Bearer ${gateway.key}`, ...secrets }
    await (await gateway.send(`/v1/acc/default/${path}`, { headers })).text()
    return sent[0]
  }

  test.each([
    ['openai/files?filter={account}', 'http://simulator.test/openai/v1/files?filter={account}'],
    ['openai/files?after=/../x', 'http://simulator.test/openai/v1/files?after=/../x'],
    ['openai/files/%7Baccount%7D', 'http://simulator.test/openai/v1/files/%7Baccount%7D'],
  ])('%s reaches the provider as it is', async (path, url) => {
    expect(decodeURI(String(await urlOf(path)))).toBe(decodeURI(url))
  })

  test.each([
    ['google-ai-studio/v1beta/models?key=AIza-own', 'request', null],
    ['openai/models?key=not-a-key', 'environment', 'Bearer sk-o'],
  ])('a key in the query of %s counts where the vendor takes one there', async (path, source, authorization) => {
    const seen: (string | null)[] = []
    const gateway = await startGateway(() => ({
      keyResolver: keysOf({ OPENAI_API_KEY: 'sk-o', GEMINI_API_KEY: 'sk-g' }),
      fetch: async ({ headers, url }) => {
        seen.push(headers.get('authorization') ?? headers.get('x-goog-api-key'), new URL(url).search)
        return Response.json({})
      },
    }))
    const headers = { 'cf-aig-authorization': `Bearer ${gateway.key}` }
    const response = await gateway.send(`/v1/acc/default/${path}`, { headers })
    await response.text()
    expect(seen).toEqual([authorization, path.slice(path.indexOf('?'))])
    expect((await gateway.rowOf(response)).key_source).toBe(source)
  })
})

test('moderations that a vendor charges for are no gift', async () => {
  const gateway = await startGateway(() => ({
    fetch: async () => Response.json({ results: [], usage: { prompt_tokens: 1000, total_tokens: 1000 } }),
  }))
  const response = await gateway.post('/v1/acc/default/mistral/v1/moderations', { model: 'm', input: 'a' }, secrets)
  await response.text()
  expect((await gateway.rowOf(response)).usage).toEqual({ input: 1000, output: 0 })
})

test('an error that says nothing is none', async () => {
  const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }]
  const gateway = await startGateway(() => ({
    fetch: async () =>
      Response.json({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices, error: '' }),
  }))
  const body = { model: 'mistral/m', messages: [{ role: 'user', content: 'Hi' }] }
  const response = await gateway.post('/v1/chat/completions', body, secrets)
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hi' } }] })
})
