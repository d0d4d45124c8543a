import { describe, expect, test } from 'vitest'
import { createFakeFetch } from '../__fixtures__/fake-fetch.ts'
import { createAiBinding } from './create-ai-binding.ts'

const baseURL = 'https://gateway.example/base/'
const token = 'gw_key'

function bindingOf(...answers: Parameters<typeof createFakeFetch>) {
  const { fetch, sent } = createFakeFetch(...answers)
  return { ai: createAiBinding({ baseURL, token, fetch }), sent }
}

const model = '@cf/meta/llama'
const runHeaders = {
  'cf-aig-authorization': 'Bearer gw_key',
  'cf-consn-model-id': model,
  'cf-consn-sdk-version': '2.0.0',
}

describe('a run', () => {
  test('is sent as the runtime sends it', async () => {
    const { ai, sent } = bindingOf(Response.json({ response: 'fine' }))
    const signal = new AbortController().signal
    const options = { tags: ['a'], prefix: 'p', extraHeaders: { 'X-Trace': '1' }, sessionOptions: {}, signal }
    expect(await ai.run(model, { prompt: 'hi' }, options)).toEqual({ response: 'fine' })
    expect(sent).toEqual([
      {
        url: 'https://gateway.example/base/run?version=3',
        method: 'POST',
        headers: {
          ...runHeaders,
          'cf-consn-model-id': `p:${model}`,
          'content-type': 'application/json',
          'x-trace': '1',
        },
        body: JSON.stringify({ inputs: { prompt: 'hi' }, options: { tags: ['a'] } }),
        signal,
      },
    ])
  })

  test('through a gateway has its options in the body', async () => {
    const { ai, sent } = bindingOf()
    const gateway = { id: 'gw', metadata: { n: 7n }, skipCache: true }
    await ai.run('openai/gpt-5', { messages: [] }, { gateway, returnRawResponse: true })
    expect(sent[0]?.url).toBe('https://gateway.example/base/ai-gateway/run?version=3')
    expect(JSON.parse(String(sent[0]?.body))).toEqual({
      inputs: { messages: [] },
      options: { gateway: { id: 'gw', metadata: { n: '7' }, skipCache: true }, returnRawResponse: true },
    })
  })

  test('through a gateway has in headers what the runtime has no option for', async () => {
    const { ai, sent } = bindingOf()
    await ai.run('openai/gpt-5', { messages: [] }, { gateway: { id: 'gw', cacheTtl: 60, explain: true } })
    expect(sent[0]?.headers).toMatchObject({ 'gw-explain': 'true' })
    expect(JSON.parse(String(sent[0]?.body)).options).toEqual({ gateway: { id: 'gw', cacheTtl: 60 } })
  })

  test('takes buffers as lists of numbers', async () => {
    const { ai, sent } = bindingOf()
    await ai.run(model, { audio: new Uint8Array([1, 2]), image: new Uint8Array([3]).buffer, mask: Buffer.from([4]) })
    expect(JSON.parse(String(sent[0]?.body)).inputs).toEqual({ audio: [1, 2], image: [3], mask: [4] })
  })

  test.each([
    ['a stream', new ReadableStream()],
    ['bytes', new Uint8Array([1])],
    ['a file', new Blob(['x'])],
  ])('sends %s as it is, with the rest in the address', async (_, body) => {
    const { ai, sent } = bindingOf()
    await ai.run(model, { audio: { body, contentType: 'audio/wav' }, language: 'en' }, { tags: ['a'] })
    const url = new URL(sent[0]?.url ?? '')
    expect(url.pathname).toBe('/base/run')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      version: '3',
      userInputs: '{"language":"en"}',
      tags: '["a"]',
    })
    expect(sent[0]?.headers).toEqual({ ...runHeaders, 'content-type': 'audio/wav' })
    expect(sent[0]?.body).toBe(body)
  })

  test('sends a form with its own boundary, and the gateway in headers', async () => {
    const { ai, sent } = bindingOf()
    const form = new FormData()
    const gateway = { id: 'gw', cacheTtl: 60 }
    await ai.run(model, { multipart: { body: form, contentType: 'multipart/form-data' } }, { gateway })
    expect(sent[0]?.headers).toEqual({ ...runHeaders, 'cf-aig-gateway-id': 'gw', 'cf-aig-cache-ttl': '60' })
    expect(sent[0]?.body).toBe(form)
  })

  test('refuses bytes in two inputs, and bytes of no type', async () => {
    const { ai, sent } = bindingOf()
    const stream = { body: new ReadableStream(), contentType: 'audio/wav' }
    await expect(ai.run(model, { a: stream, b: stream })).rejects.toThrow(/Multiple ReadableStreams.*\[a, b\]/)
    await expect(ai.run(model, { a: { body: new ReadableStream() } })).rejects.toMatchObject({
      name: 'AiInternalError',
      message: expect.stringMatching(/^Content-Type is required/),
    })
    expect(sent).toEqual([])
  })

  test('opens a WebSocket', async () => {
    const { ai, sent } = bindingOf()
    await ai.run(model, { encoding: 'linear16' }, { websocket: true })
    const url = new URL(sent[0]?.url ?? '')
    expect(JSON.parse(url.searchParams.get('body') ?? '')).toEqual({
      inputs: { encoding: 'linear16' },
      options: { websocket: true },
    })
    expect(sent[0]).toMatchObject({ method: 'GET', headers: { upgrade: 'websocket' } })
  })
})

describe('an answer', () => {
  test.each(['application/json', 'application/json; charset=utf-8'])('of type %s is an object', async (type) => {
    const { ai } = bindingOf(new Response('{"a":1}', { headers: { 'content-type': type } }))
    expect(await ai.run(model, {})).toEqual({ a: 1 })
  })

  test.each(['text/event-stream', 'image/png', 'application/json-seq'])('of type %s is a stream', async (type) => {
    const { ai } = bindingOf(new Response('bytes', { headers: { 'content-type': type } }))
    const answer = await ai.run(model, { stream: true })
    expect(answer).toBeInstanceOf(ReadableStream)
    expect(await new Response(answer instanceof ReadableStream ? answer : null).text()).toBe('bytes')
  })

  test('is the response itself where that is asked for, whatever its status', async () => {
    const { ai } = bindingOf(new Response('no', { status: 418 }))
    expect(await ai.run(model, {}, { returnRawResponse: true })).toMatchObject({ status: 418 })
  })

  test.each<[string, string, string, string]>([
    [
      'a number',
      '{"name":"AiError","internalCode":5007,"description":"No such model"}',
      'AiError',
      '5007: No such model',
    ],
    [
      'a list',
      '{"success":false,"errors":[{"code":2009,"message":"Unauthorized"}]}',
      'InferenceUpstreamError',
      '2009: Unauthorized',
    ],
    ['another object', '{"oops":1}', 'InferenceUpstreamError', '{"oops":1}'],
    ['a page', '<html>', 'InferenceUpstreamError', '<html>'],
    ['nothing', '', 'InferenceUpstreamError', 'HTTP 500'],
  ])('that reports an error as %s throws it', async (...[, body, name, message]) => {
    const { ai } = bindingOf(new Response(body, { status: 500 }))
    await expect(ai.run(model, {})).rejects.toMatchObject({ name, message })
  })

  test('leaves its ids on the binding', async () => {
    const headers = { 'cf-ai-req-id': 'req', 'cf-aig-log-id': 'log' }
    const refused = Response.json({ internalCode: 3040, description: 'Capacity' }, { status: 429 })
    const { ai } = bindingOf(Response.json({}, { headers }), refused)
    expect(ai).toMatchObject({ lastRequestId: null, aiGatewayLogId: null, capabilities: ['resume'] })
    await ai.run(model, {})
    expect(ai).toMatchObject({ lastRequestId: 'req', aiGatewayLogId: 'log', lastRequestHttpStatusCode: 200 })
    await ai.run(model, {}).catch(() => undefined)
    expect(ai).toMatchObject({ lastRequestHttpStatusCode: 429, lastRequestInternalStatusCode: 3040 })
  })
})

describe('a gateway', () => {
  test('takes universal requests with its options in headers', async () => {
    const { ai, sent } = bindingOf(new Response('fine'))
    const entry = {
      provider: 'openai',
      headers: { 'cf-aig-cache-ttl': 60, 'cf-aig-metadata': { n: 1n }, a: true },
      query: {},
    }
    const gateway = {
      cacheKey: 'k',
      cacheTtl: 60,
      skipCache: false,
      metadata: { n: 2n },
      collectLog: true,
      eventId: 'e',
      requestTimeoutMs: 9,
      retries: { maxAttempts: 2 as const, retryDelayMs: 3, backoff: 'linear' as const },
    }
    const response = await ai.gateway('g w').run(entry, { gateway, extraHeaders: { 'X-Trace': '1' } })
    expect(await response.text()).toBe('fine')
    expect(sent).toMatchObject([
      {
        url: 'https://gateway.example/base/ai-gateway/universal/run/g%20w',
        method: 'POST',
        headers: {
          'cf-aig-authorization': 'Bearer gw_key',
          'cf-aig-cache-key': 'k',
          'cf-aig-cache-ttl': '60',
          'cf-aig-skip-cache': 'false',
          'cf-aig-metadata': '{"n":"2"}',
          'cf-aig-collect-log': 'true',
          'cf-aig-event-id': 'e',
          'cf-aig-request-timeout': '9',
          'cf-aig-max-attempts': '2',
          'cf-aig-retry-delay': '3',
          'cf-aig-backoff': 'linear',
          'content-type': 'application/json',
          'x-trace': '1',
        },
      },
    ])
    expect(JSON.parse(String(sent[0]?.body))).toEqual([
      {
        provider: 'openai',
        headers: { 'cf-aig-cache-ttl': '60', 'cf-aig-metadata': '{"n":"1"}', a: 'true' },
        query: {},
      },
    ])
    expect(entry.headers['cf-aig-cache-ttl']).toBe(60)
  })

  test('tells its address', async () => {
    const { ai, sent } = bindingOf(Response.json({ result: { url: 'https://x' } }))
    expect(await ai.gateway('gw').getUrl()).toBe('https://x')
    expect(await ai.gateway('gw').getUrl('openai')).toBe('https://x')
    expect(sent.map(({ url }) => url)).toEqual([
      'https://gateway.example/base/ai-gateway/gateways/gw/url/universal',
      'https://gateway.example/base/ai-gateway/gateways/gw/url/openai',
    ])
  })

  test('shows and changes log rows', async () => {
    const row = { id: 'l', provider: 'openai', model: 'm', created_at: '2026-01-02T03:04:05.000Z', cost: 0.1 }
    const { ai, sent } = bindingOf(Response.json({ result: row }))
    expect(await ai.gateway('gw').getLog('l')).toEqual({ ...row, created_at: new Date(row.created_at) })
    await ai.gateway('gw').patchLog('l', { feedback: 1, metadata: { n: 1n } })
    const url = 'https://gateway.example/base/ai-gateway/gateways/gw/logs/l'
    expect(sent).toMatchObject([
      { url, method: 'GET' },
      { url, method: 'PATCH', body: '{"feedback":1,"metadata":{"n":"1"}}' },
    ])
  })

  test.each<[number, object, string, string]>([
    [404, { errors: [{ code: 7002, message: 'Log Not Found' }] }, 'AiGatewayLogNotFound', 'Log Not Found'],
    [404, {}, 'AiGatewayLogNotFound', 'Log l not found'],
    [500, { errors: [{ message: 'oops' }] }, 'AiGatewayInternalError', 'oops'],
  ])('says why there is no log row: %d %o', async (...[status, body, name, message]) => {
    const { ai } = bindingOf(Response.json(body, { status }))
    await expect(ai.gateway('gw').getLog('l')).rejects.toMatchObject({ name, message })
    await expect(ai.gateway('gw').patchLog('l', {})).rejects.toMatchObject({ name, message })
  })

  test('refuses options past their limits', async () => {
    const { ai, sent } = bindingOf()
    await expect(ai.gateway('gw').run([], { gateway: { cacheTtl: -1 } })).rejects.toThrow(/cacheTtl/)
    expect(sent).toEqual([])
  })

  test('leaves out headers of an entry that have no value', async () => {
    const { ai, sent } = bindingOf()
    await ai.gateway('gw').run([{ provider: 'openai', headers: { a: null, b: undefined, c: 0 }, query: {} }])
    expect(JSON.parse(String(sent[0]?.body))).toEqual([{ provider: 'openai', headers: { c: '0' }, query: {} }])
  })
})

test('the catalogue can be searched', async () => {
  const { ai, sent } = bindingOf(
    Response.json({ result: [{ id: '1' }] }),
    Response.json({ errors: [{ message: 'no' }] }, { status: 400 }),
  )
  expect(await ai.models({ search: 'llama', per_page: 5, hide_experimental: true })).toEqual([{ id: '1' }])
  expect(sent[0]?.url).toBe(
    'https://gateway.example/base/ai-api/models/search?search=llama&per_page=5&hide_experimental=true',
  )
  await expect(ai.models()).rejects.toMatchObject({ name: 'AiInternalError', message: 'no' })
})

describe('fetch', () => {
  test.each([
    [
      'https://workers-binding.ai/ai-gateway/gateways/gw/run/r/resume?from=1',
      '/ai-gateway/gateways/gw/run/r/resume?from=1',
    ],
    ['/health', '/health'],
    ['health', '/health'],
    ['https://gateway.example/base/health', '/health'],
  ])('%s reaches the gateway, with its key', async (input, path) => {
    const { ai, sent } = bindingOf()
    await ai.fetch(input, { headers: { a: 'b' } })
    await ai.fetch(input.startsWith('https:') ? new URL(input) : input)
    expect(sent[0]).toMatchObject({
      url: `https://gateway.example/base${path}`,
      headers: { 'cf-aig-authorization': 'Bearer gw_key', a: 'b' },
    })
  })

  test.each(['https://evil.example/x', 'https://gateway.example.evil/base', '//evil.example', 'data:,x'])(
    'the key goes nowhere else: %s',
    async (input) => {
      const { ai, sent } = bindingOf()
      await expect(ai.fetch(input)).rejects.toThrow(/its own gateway only/)
      expect(sent).toEqual([])
    },
  )
})

test('a provider’s own path is below the account and the gateway', async () => {
  const { ai, sent } = bindingOf()
  await ai.native({ gatewayId: 'gw', provider: 'openai', path: 'v1/models?a=b', init: { method: 'GET' } })
  expect(sent[0]?.url).toBe('https://gateway.example/base/v1/default/gw/openai/v1/models?a=b')
})

describe('the key', () => {
  const send = async (key: Parameters<typeof createAiBinding>[0]['token']) => {
    const { fetch, sent } = createFakeFetch()
    await createAiBinding({ baseURL, token: key, fetch }).fetch('/x')
    return sent[0]?.headers
  }

  test('may be made for each request', async () => {
    expect(await send(async () => 'gw_fresh')).toEqual({ 'cf-aig-authorization': 'Bearer gw_fresh' })
    expect(await send(() => undefined)).toEqual({})
  })

  test.each([undefined, '', 'Bearer undefined'])('is not sent when there is none: %j', async (key) => {
    expect(await send(key)).toEqual({})
  })
})

test('a service binding takes the place of the network', async () => {
  const { fetch, sent } = createFakeFetch()
  await createAiBinding({ service: { fetch }, token }).run(model, {})
  expect(sent[0]?.url).toBe('https://workers-binding.ai/run?version=3')
})

test('an address is needed', () => {
  expect(() => createAiBinding({})).toThrow(/needs the gateway's address/)
})
