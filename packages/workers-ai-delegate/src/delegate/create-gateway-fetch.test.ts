import { createOpenAI } from '@ai-sdk/openai'
import { generateText } from 'ai'
import { describe, expect, test, vi } from 'vitest'
import { brokenBody, chatAnswer, chatEvents, createFakeAi, streamAnswer } from '../__fixtures__/fake-ai.ts'
import type { NativeRequest } from '../ai-binding.ts'
import { createGatewayFetch, type GatewayFetchConfig } from './create-gateway-fetch.ts'
import { createGatewayProvider } from './create-gateway-provider.ts'

const url = 'https://api.openai.com/v1/chat/completions'

function post(headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"model":"m"}' }
}

async function send(config: Partial<GatewayFetchConfig>, ...[input = url, init = post()]: [string?, RequestInit?]) {
  const { ai, calls } = createFakeAi()
  await createGatewayFetch({ binding: ai, gateway: 'gw', ...config })(input, init)
  return calls.universal[0]
}

test('a provider’s request becomes an entry', async () => {
  expect(await send({})).toEqual({
    gatewayId: 'gw',
    entries: [
      {
        provider: 'openai',
        endpoint: 'v1/chat/completions',
        headers: { 'content-type': 'application/json' },
        query: { model: 'm' },
      },
    ],
    options: {},
  })
})

test.each<[string, Partial<GatewayFetchConfig>, Record<string, string>]>([
  ['cacheTtl', { cacheTtl: 60 }, { 'cf-aig-cache-ttl': '60' }],
  ['skipCache', { skipCache: true }, { 'cf-aig-skip-cache': 'true' }],
  ['gateway.cacheKey', { gateway: { id: 'gw', cacheKey: 'k' } }, { 'cf-aig-cache-key': 'k' }],
  ['gateway.metadata', { gateway: { id: 'gw', metadata: { n: 1n } } }, { 'cf-aig-metadata': '{"n":"1"}' }],
  ['gateway.collectLog', { gateway: { id: 'gw', collectLog: false } }, { 'cf-aig-collect-log': 'false' }],
  ['gateway.eventId', { gateway: { id: 'gw', eventId: 'e' } }, { 'cf-aig-event-id': 'e' }],
  ['gateway.requestTimeoutMs', { gateway: { id: 'gw', requestTimeoutMs: 5 } }, { 'cf-aig-request-timeout': '5' }],
  ['gateway.retries', { gateway: { id: 'gw', retries: { maxAttempts: 2 } } }, { 'cf-aig-max-attempts': '2' }],
  ['extraHeaders', { extraHeaders: { 'X-Trace': '1' } }, { 'x-trace': '1' }],
])('%s is a header of the entry', async (_, config, headers) => {
  const { 'content-type': _type, ...sent } = (await send(config))?.entries[0]?.headers ?? {}
  expect(sent).toEqual(headers)
})

describe('a secret', () => {
  const secret = { Authorization: 'Bearer sk-own' }
  const headersOf = async (config: Partial<GatewayFetchConfig>, headers: Record<string, string>) =>
    (await send(config, url, post(headers)))?.entries[0]?.headers

  test('stays here unless it is to be brought', async () => {
    expect(await headersOf({}, secret)).not.toHaveProperty('authorization')
    expect(await headersOf({ byok: true }, secret)).toMatchObject({ authorization: 'Bearer sk-own' })
  })

  test('that stands in for one never leaves', async () => {
    const config = { byok: true }
    expect(await headersOf(config, { authorization: 'Bearer unused' })).not.toHaveProperty('authorization')
  })

  test('of another provider never leaves', async () => {
    const config = { byok: true, extraHeaders: { 'x-api-key': 'sk-ant' } }
    expect(await headersOf(config, { 'X-Goog-Api-Key': 'AIza' })).toEqual({ 'content-type': 'application/json' })
  })

  test('of a provider that nobody knows may stand anywhere', async () => {
    const headers = { 'x-api-key': 'sk-own', 'cf-aig-authorization': 'Bearer gw_key' }
    const sent = await send({ byok: true, provider: 'custom-acme' }, 'https://api.acme.ai/v1/chat', post(headers))
    expect(sent?.entries[0]).toMatchObject({ provider: 'custom-acme', endpoint: 'v1/chat' })
    expect(sent?.entries[0]?.headers).toEqual({ 'content-type': 'application/json', 'x-api-key': 'sk-own' })
  })

  test('of the gateway is for the gateway alone', async () => {
    const extraHeaders = { 'cf-aig-authorization': 'Bearer gw_key' }
    const sent = await send({ extraHeaders })
    expect(sent?.entries[0]?.headers).toEqual({ 'content-type': 'application/json' })
    expect(sent?.options).toEqual({ extraHeaders })
  })
})

test('a provider that is named by an alias is that of the gateway', async () => {
  const google = 'https://generativelanguage.googleapis.com/v1beta/models/m:generateContent'
  expect((await send({ provider: 'google' }, google))?.entries[0]).toMatchObject({
    provider: 'google-ai-studio',
    endpoint: 'v1beta/models/m:generateContent',
  })
})

test('a URL that belongs to nobody is refused', async () => {
  await expect(send({}, 'https://api.acme.ai/v1/chat?key=secret')).rejects.toMatchObject({
    name: 'WorkersAIGatewayError',
    message: 'Could not detect a gateway provider from URL "https://api.acme.ai". Pass `provider: "<slug>"`.',
  })
})

test('a binding and a gateway are needed', () => {
  expect(() => createGatewayFetch({ gateway: 'gw' })).toThrow(/requires a `binding`/)
  expect(() => createGatewayFetch({ binding: createFakeAi().ai, gateway: '' })).toThrow(/requires a `gateway` id/)
})

describe('what is no JSON', () => {
  const form = new FormData()
  form.set('file', new Blob(['audio']), 'a.wav')
  const requests: [string, string, RequestInit][] = [
    ['a form', 'https://api.openai.com/v1/audio/transcriptions', { method: 'POST', body: form }],
    ['bytes', 'https://api.deepgram.com/v1/listen?model=nova-3', { method: 'POST', body: new Uint8Array([1, 2]) }],
    ['a GET', 'https://api.openai.com/v1/models', { method: 'GET' }],
    ['a DELETE', 'https://api.openai.com/v1/files/1', { method: 'DELETE' }],
  ]

  test.each(requests)('is refused where the binding has no way to send it: %s', async (_, input, init) => {
    const { ai, calls } = createFakeAi()
    const call = createGatewayFetch({ binding: ai, gateway: 'gw' })(input, init)
    await expect(call).rejects.toThrow(/carries JSON only/)
    expect(calls.universal).toEqual([])
  })

  test.each(requests)('goes to the provider’s own path where there is one: %s', async (_, input, init) => {
    const sent: NativeRequest[] = []
    const native = async (request: NativeRequest): Promise<Response> => {
      sent.push(request)
      return new Response('fine')
    }
    const { ai } = createFakeAi()
    const config = { binding: { ...ai, native }, gateway: { id: 'gw', cacheTtl: 60 }, byok: true }
    const headers = { authorization: 'Bearer sk-own' }
    const response = await createGatewayFetch(config)(input, { ...init, headers })
    expect(await response.text()).toBe('fine')
    const path = input.replace(/^https:\/\/[^/]+\//, '')
    expect(sent).toMatchObject([
      { gatewayId: 'gw', path, init: { method: init.method, headers: { ...headers, 'cf-aig-cache-ttl': '60' } } },
    ])
    expect(sent[0]?.init.body ?? undefined).toBe(init.body)
  })
})

test('a Request is taken like a URL', async () => {
  const { ai, calls } = createFakeAi()
  await createGatewayFetch({ binding: ai, gateway: 'gw' })(new Request(url, post({ 'x-trace': '1' })))
  expect(calls.universal[0]?.entries[0]).toMatchObject({ headers: { 'x-trace': '1' }, query: { model: 'm' } })
})

test('an abort reaches the gateway and ends the call', async () => {
  const abort = new AbortController()
  const { ai, calls } = createFakeAi({
    universal: () => {
      queueMicrotask(() => abort.abort())
      return new Promise<never>(() => {})
    },
  })
  const call = createGatewayFetch({ binding: ai, gateway: 'gw' })(url, { ...post(), signal: abort.signal })
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  expect(calls.universal[0]?.options['signal']).toBe(abort.signal)
})

test('an answer that comes after the abort is let go', async () => {
  const abort = new AbortController()
  const canceled: unknown[] = []
  let answer: (response: Response) => void = () => {}
  const { ai } = createFakeAi({
    universal: () => {
      queueMicrotask(() => abort.abort('enough'))
      return new Promise((resolve) => {
        answer = resolve
      })
    },
  })
  const call = createGatewayFetch({ binding: ai, gateway: 'gw' })(url, { ...post(), signal: abort.signal })
  await expect(call).rejects.toBe('enough')
  answer(new Response(new ReadableStream({ cancel: () => void canceled.push(1) })))
  await vi.waitFor(() => expect(canceled).toEqual([1]))
})

describe('a stream that breaks off', () => {
  const events = chatEvents('one ', 'two')
  const streamed = { method: 'POST', body: JSON.stringify({ model: 'm', stream: true }) }
  const answers = {
    universal: () => streamAnswer(brokenBody(events[0] ?? '', 'da'), { 'cf-aig-run-id': 'r' }),
    fetch: () => streamAnswer(events.slice(1).join('')),
  }

  test('is resumed over a gateway that can', async () => {
    const { ai, calls } = createFakeAi(answers)
    const fetch = createGatewayFetch({ binding: { ...ai, capabilities: ['resume'] }, gateway: 'gw' })
    expect(await (await fetch(url, streamed)).text()).toBe(events.join(''))
    expect(calls.universal[0]?.entries[0]?.headers).toMatchObject({ 'gw-resumable': 'true' })
  })

  test('stays so where it is not wanted, or over env.AI', async () => {
    for (const config of [{ capabilities: ['resume'] as const, resume: false }, {}]) {
      const { capabilities, resume } = { capabilities: undefined, resume: true, ...config }
      const { ai, calls } = createFakeAi(answers)
      const binding = { ...ai, ...(capabilities && { capabilities }) }
      const response = await createGatewayFetch({ binding, gateway: 'gw', resume })(url, streamed)
      await expect(response.text()).rejects.toThrow('connection lost')
      expect([calls.fetches, calls.universal[0]?.entries[0]?.headers]).toEqual([[], {}])
    }
  })
})

test('credentials reach Cloudflare’s gateway without a binding', async () => {
  const sent: { url: string; init: RequestInit | undefined }[] = []
  const fetch = async (input: string, init?: RequestInit): Promise<Response> => {
    sent.push({ url: input, init })
    return chatAnswer('fine')
  }
  const config = { accountId: 'acct', cloudflareApiKey: 'cf-token', fetch, gateway: 'gw' }
  const openai = createGatewayProvider(createOpenAI, { ...config, byok: true, apiKey: 'sk-own' })
  expect((await generateText({ model: openai.chat('gpt-4o'), prompt: 'hi' })).text).toBe('fine')
  expect(sent[0]?.url).toBe('https://gateway.ai.cloudflare.com/v1/acct/gw')
  const headers = new Headers(sent[0]?.init?.headers)
  expect(headers.get('cf-aig-authorization')).toBe('Bearer cf-token')
  expect(headers.get('authorization')).toBeNull()
  expect(JSON.parse(String(sent[0]?.init?.body))).toMatchObject([
    { provider: 'openai', headers: { authorization: 'Bearer sk-own' }, query: { model: 'gpt-4o' } },
  ])
})

test('createGatewayProvider makes the provider with a placeholder unless it is given a secret', () => {
  const { ai } = createFakeAi()
  const made = (config: object) =>
    createGatewayProvider((options) => options, { binding: ai, gateway: 'gw', ...config })
  expect(made({})).toEqual({ apiKey: 'unused', fetch: expect.any(Function) })
  expect(made({ apiKey: 'sk', baseURL: 'https://x.example' })).toMatchObject({
    apiKey: 'sk',
    baseURL: 'https://x.example',
  })
})
