import { generateText, streamText } from 'ai'
import { describe, expect, test } from 'vitest'
import {
  createFakeAi,
  brokenBody,
  chatAnswer,
  chatEvents,
  geminiAnswer,
  messagesAnswer,
  streamAnswer,
} from '../__fixtures__/fake-ai.ts'
import type { AiBinding } from '../ai-binding.ts'
import { anthropic } from '../anthropic.ts'
import { createWorkersAI } from '../create-workers-ai.ts'
import { google } from '../google.ts'
import { openai } from '../openai.ts'
import { createGatewayDelegate } from './create-gateway-delegate.ts'
import type { DelegateCallOptions, DispatchInfo } from './delegate-options.ts'
import { wireableProviders } from './gateway-providers.ts'

const providers = [openai, anthropic, google]

function delegateOf(binding: AiBinding) {
  return createGatewayDelegate({ binding, gateway: 'gw', providers })
}

/** Asks a model and tells what the binding was asked. */
async function ask(slug: string, options: DelegateCallOptions = {}, headers: Record<string, string> = {}) {
  const format = slug.startsWith('anthropic/') ? messagesAnswer : slug.startsWith('google/') ? geminiAnswer : chatAnswer
  const { ai, calls } = createFakeAi({
    run: () => (format === geminiAnswer ? chatAnswer : format)('fine'),
    universal: () => format('fine'),
  })
  const { text } = await generateText({ model: delegateOf(ai)(slug, options), prompt: 'hi', headers, maxRetries: 0 })
  expect(text).toBe('fine')
  return calls
}

describe('the run path', () => {
  test('runs the slug with the body less its model', async () => {
    const { runs } = await ask('openai/gpt-4o')
    expect(runs).toEqual([
      {
        model: 'openai/gpt-4o',
        inputs: { messages: [{ role: 'user', content: 'hi' }] },
        options: { gateway: { id: 'gw' }, returnRawResponse: true },
      },
    ])
  })

  test.each([
    ['grok/grok-3', 'xai/grok-3'],
    ['gemini/gemini-3', 'google/gemini-3'],
    ['alibaba/qwen3-max', 'alibaba/qwen3-max'],
  ])('names the author of the catalogue: %s', async (slug, model) => {
    expect((await ask(slug)).runs[0]?.model).toBe(model)
  })

  test.each<[string, DelegateCallOptions, object]>([
    ['byokAlias', { byokAlias: 'team' }, { extraHeaders: { 'cf-aig-byok-alias': 'team' } }],
    ['zdr', { zdr: false }, { extraHeaders: { 'cf-aig-zdr': 'false' } }],
    ['extraHeaders', { extraHeaders: { 'X-Trace': '1' } }, { extraHeaders: { 'x-trace': '1' } }],
    ['metadata', { metadata: { team: 'a', n: 7n } }, { gateway: { id: 'gw', metadata: { team: 'a', n: 7n } } }],
    ['collectLog', { collectLog: false }, { gateway: { id: 'gw', collectLog: false } }],
    ['gateway by id', { gateway: 'other' }, { gateway: { id: 'other' } }],
    [
      'gateway with options',
      {
        gateway: { id: 'other', cacheTtl: 60, eventId: 'e', metadata: { team: 'a', user: 1 } },
        metadata: { team: 'b' },
      },
      { gateway: { id: 'other', cacheTtl: 60, eventId: 'e', metadata: { team: 'b', user: 1 } } },
    ],
  ])('%s reaches the run', async (_, options, sent) => {
    const { runs, universal } = await ask('openai/gpt-4o', options)
    expect(runs[0]?.options).toMatchObject(sent)
    expect(Object.keys(runs[0]?.options ?? {}).sort()).toEqual(
      ['gateway', 'returnRawResponse', ...('extraHeaders' in sent ? ['extraHeaders'] : [])].sort(),
    )
    expect(universal).toEqual([])
  })

  test('headers of one name are one, whatever their case', async () => {
    const { runs } = await ask('openai/gpt-4o', { byokAlias: 'team', extraHeaders: { 'CF-AIG-BYOK-Alias': 'old' } })
    expect(runs[0]?.options.extraHeaders).toEqual({ 'cf-aig-byok-alias': 'team' })
    const { ai, calls } = createFakeAi()
    const settings = { zdr: true, extraHeaders: { 'CF-AIG-ZDR': 'false' } }
    await generateText({ model: createWorkersAI({ binding: ai })('openai/gpt-4o', settings), prompt: 'hi' })
    expect(calls.runs[0]?.options.extraHeaders).toMatchObject({ 'cf-aig-zdr': 'true' })
    expect(calls.runs[0]?.options.extraHeaders).not.toHaveProperty('CF-AIG-ZDR')
  })

  test('a call’s own gateway headers go along', async () => {
    const { runs } = await ask('openai/gpt-4o', {}, { 'cf-aig-metadata': '{"a":1}', 'x-other': 'no' })
    expect(runs[0]?.options.extraHeaders).toEqual({ 'cf-aig-metadata': '{"a":1}' })
  })
})

describe('the gateway path', () => {
  test('sends one entry in the provider’s own format, without a secret', async () => {
    const { universal, runs } = await ask('openai/gpt-4o', { transport: 'gateway' })
    expect(runs).toEqual([])
    expect(universal).toEqual([
      {
        gatewayId: 'gw',
        entries: [
          {
            provider: 'openai',
            endpoint: 'v1/chat/completions',
            headers: { 'content-type': 'application/json', 'user-agent': expect.any(String) },
            query: { model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] },
          },
        ],
        options: {},
      },
    ])
  })

  const perEntry: [string, DelegateCallOptions, Record<string, string>][] = [
    ['cacheTtl', { cacheTtl: 120 }, { 'cf-aig-cache-ttl': '120' }],
    ['cacheTtl 0', { cacheTtl: 0 }, { 'cf-aig-cache-ttl': '0' }],
    ['skipCache', { skipCache: true }, { 'cf-aig-skip-cache': 'true' }],
    ['metadata', { metadata: { n: 9007199254740993n } }, { 'cf-aig-metadata': '{"n":"9007199254740993"}' }],
    ['collectLog', { collectLog: false }, { 'cf-aig-collect-log': 'false' }],
    ['byokAlias', { byokAlias: 'team' }, { 'cf-aig-byok-alias': 'team' }],
    ['zdr', { zdr: true }, { 'cf-aig-zdr': 'true' }],
    ['gateway.cacheTtl', { gateway: { id: 'gw', cacheTtl: 60 } }, { 'cf-aig-cache-ttl': '60' }],
    ['gateway.skipCache', { gateway: { id: 'gw', skipCache: true } }, { 'cf-aig-skip-cache': 'true' }],
    ['gateway.cacheKey', { gateway: { id: 'gw', cacheKey: 'k' } }, { 'cf-aig-cache-key': 'k' }],
    ['gateway.collectLog', { gateway: { id: 'gw', collectLog: true } }, { 'cf-aig-collect-log': 'true' }],
    ['gateway.eventId', { gateway: { id: 'gw', eventId: 'e-1' } }, { 'cf-aig-event-id': 'e-1' }],
    [
      'gateway.requestTimeoutMs',
      { gateway: { id: 'gw', requestTimeoutMs: 9000 } },
      { 'cf-aig-request-timeout': '9000' },
    ],
    [
      'gateway.retries',
      { gateway: { id: 'gw', retries: { maxAttempts: 4, retryDelayMs: 200, backoff: 'linear' } } },
      { 'cf-aig-max-attempts': '4', 'cf-aig-retry-delay': '200', 'cf-aig-backoff': 'linear' },
    ],
    [
      'a call’s option over the gateway’s',
      { cacheTtl: 90, gateway: { id: 'gw', cacheTtl: 60 } },
      { 'cf-aig-cache-ttl': '90' },
    ],
    ['extraHeaders', { extraHeaders: { 'X-Trace': '1' } }, { 'x-trace': '1' }],
  ]
  test.each(perEntry)('%s is a header of the entry', async (_, options, headers) => {
    const { universal } = await ask('openai/gpt-4o', { transport: 'gateway', ...options })
    const { 'content-type': _type, 'user-agent': _agent, ...sent } = universal[0]?.entries[0]?.headers ?? {}
    expect(sent).toEqual(headers)
  })

  test('skipCache: false says nothing', async () => {
    const { universal } = await ask('openai/gpt-4o', { transport: 'gateway', skipCache: false })
    expect(universal[0]?.entries[0]?.headers).not.toHaveProperty('cf-aig-skip-cache')
  })

  test('the gateway’s own key is no header of an entry', async () => {
    const extraHeaders = { 'cf-aig-authorization': 'Bearer gw_key' }
    const { universal } = await ask('openai/gpt-4o', { transport: 'gateway', extraHeaders })
    expect(universal[0]?.entries[0]?.headers).not.toHaveProperty('cf-aig-authorization')
    expect(universal[0]?.options).toEqual({ extraHeaders })
  })

  const reachable = wireableProviders().filter(({ gatewayPath }) => gatewayPath !== false)
  test.each(reachable.map((info) => [info.resolverKey, info] as const))(
    '%s gets its own endpoint, and its secret in one header when asked to bring it',
    async (key, info) => {
      const [header = ''] = info.authHeaders
      const extraHeaders = { [header.toUpperCase()]: 'sk-own' }
      const { universal } = await ask(`${key}/some-model`, { byok: true, extraHeaders })
      const [entry] = universal[0]?.entries ?? []
      expect(entry?.provider).toBe(info.gatewayProviderId)
      expect(entry?.endpoint).toMatch(
        /^(?:v1\/|v1beta\/)?(?:chat\/completions|messages|models\/some-model:generateContent)$/,
      )
      const secrets = Object.entries(entry?.headers ?? {}).filter(([, value]) => /unused|sk-/.test(value))
      expect(secrets).toEqual([[header, 'sk-own']])
    },
  )

  test('a key of another provider goes nowhere', async () => {
    const options: DelegateCallOptions = {
      byok: true,
      extraHeaders: { 'x-api-key': 'sk-ant', 'X-Goog-Api-Key': 'AIza' },
    }
    const { universal } = await ask('openai/gpt-4o', options)
    expect(JSON.stringify(universal)).not.toMatch(/sk-ant|AIza/)
    const { runs } = await ask('openai/gpt-4o', { extraHeaders: { 'x-api-key': 'sk-ant' } })
    expect(JSON.stringify(runs)).not.toMatch(/sk-ant/)
  })
})

describe('a delegate', () => {
  const { ai } = createFakeAi()

  test('needs a binding, a plugin and a gateway', () => {
    expect(() => createGatewayDelegate({ providers } as never)).toThrow(/requires a `binding`/)
    expect(() => createGatewayDelegate({ binding: ai, providers: [] })).toThrow(/at least one provider plugin/)
    expect(() => createGatewayDelegate({ binding: ai, providers })('openai/gpt-5')).toThrow(/A gateway is required/)
  })

  test('names the plugin that a transport needs', () => {
    const only = (plugin: typeof openai) => createGatewayDelegate({ binding: ai, gateway: 'gw', providers: [plugin] })
    expect(() => only(openai)('anthropic/claude')).toThrow(/needs the "anthropic" plugin/)
    expect(() => only(google)('google/gemini')).toThrow(/needs the "openai" plugin/)
    expect(only(google)('google/gemini', { transport: 'gateway' }).modelId).toBe('gemini')
    expect(() => only(openai)('anthropic/claude', { transport: 'gateway' })).toThrow(
      /No provider plugin for wire format "anthropic"/,
    )
  })

  test('refuses values past their limits when the model is made', () => {
    const gateway = { id: 'gw', requestTimeoutMs: -1 }
    expect(() => delegateOf(ai)('openai/gpt-5', { gateway })).toThrow(/requestTimeoutMs/)
    expect(() => delegateOf(ai)('openai/gpt-5', { cacheTtl: -5 })).toThrow(/cacheTtl/)
  })

  test('tells what came of a dispatch', async () => {
    const headers = { 'cf-aig-run-id': 'r', 'cf-aig-step': '0', 'cf-aig-cache-status': 'MISS', 'cf-aig-log-id': 'l' }
    const seen: DispatchInfo[] = []
    const { ai } = createFakeAi({ run: () => chatAnswer('fine', headers) })
    const model = delegateOf(ai)('openai/gpt-4o', { onDispatch: (info) => seen.push(info) })
    await generateText({ model, prompt: 'hi' })
    const expected = { transport: 'run', resumeEnabled: true, warnings: [], status: 200 }
    expect(seen).toEqual([{ ...expected, runId: 'r', cfStep: '0', cacheStatus: 'MISS', logId: 'l' }])
  })

  test('puts what the gateway says into the result', async () => {
    const headers = { 'cf-aig-log-id': 'l', 'cf-aig-cache-status': 'HIT', 'gw-cost': '0.002', 'gw-provider': 'openai' }
    const gateway = { logId: 'l', cacheStatus: 'HIT', cost: 0.002, provider: 'openai' }
    const generated = createFakeAi({ run: () => chatAnswer('fine', headers) })
    const { providerMetadata } = await generateText({ model: delegateOf(generated.ai)('openai/gpt-4o'), prompt: 'hi' })
    expect(providerMetadata?.['gateway']).toEqual(gateway)

    const streamed = createFakeAi({ run: () => streamAnswer(chatEvents('fine').join(''), headers) })
    const stream = streamText({ model: delegateOf(streamed.ai)('openai/gpt-4o'), prompt: 'hi' })
    expect(await stream.text).toBe('fine')
    expect((await stream.providerMetadata)?.['gateway']).toEqual(gateway)
  })

  test('warns where an option costs the resumability of a stream, unless it is not wanted', async () => {
    const { ai } = createFakeAi({ universal: () => streamAnswer(chatEvents('fine').join('')) })
    const warningsOf = (options: DelegateCallOptions) =>
      streamText({ model: delegateOf(ai)('openai/gpt-4o', { cacheTtl: 60, ...options }), prompt: 'hi' }).warnings
    expect(await warningsOf({})).toEqual([{ type: 'other', message: expect.stringMatching(/^resume disabled/) }])
    expect(await warningsOf({ resume: false })).toEqual([])
  })
})

/** What a stream fails with; the SDK puts its own error around one that comes before the first words. */
async function errorOf(stream: { consumeStream(options: { onError(error: unknown): void }): PromiseLike<void> }) {
  const errors: unknown[] = []
  await stream.consumeStream({ onError: (error) => void errors.push(error) })
  const [error] = errors
  return error instanceof Error ? (error.cause ?? error) : error
}

describe('a stream', () => {
  const events = chatEvents('one ', 'two ', 'three')
  const headers = { 'cf-aig-run-id': 'run-1' }

  test('that breaks off is resumed where it broke off', async () => {
    const progress: number[] = []
    const { ai, calls } = createFakeAi({
      run: () => streamAnswer(brokenBody(events[0] ?? '', (events[1] ?? '').slice(0, 20)), headers),
      fetch: () => streamAnswer(events.slice(1).join('')),
    })
    const model = delegateOf(ai)('openai/gpt-4o', { onProgress: (count) => progress.push(count) })
    expect(await streamText({ model, prompt: 'hi' }).text).toBe('one two three')
    expect(calls.fetches.map(({ url }) => url)).toEqual([
      'https://workers-binding.ai/ai-gateway/gateways/gw/run/run-1/resume?from=1',
    ])
    expect(progress.at(-1)).toBe(events.length)
  })

  test('that is not to be resumed breaks', async () => {
    const { ai, calls } = createFakeAi({ run: () => streamAnswer(brokenBody(events[0] ?? ''), headers) })
    const stream = streamText({ model: delegateOf(ai)('openai/gpt-4o', { resume: false }), prompt: 'hi' })
    expect(await errorOf(stream)).toMatchObject({ message: 'connection lost' })
    expect(calls.fetches).toEqual([])
  })

  test('that can no longer be resumed fails, or ends with what there is', async () => {
    const run = () => streamAnswer(brokenBody(events[0] ?? ''), headers)
    const stream = streamText({ model: delegateOf(createFakeAi({ run }).ai)('openai/gpt-4o'), prompt: 'hi' })
    expect(await errorOf(stream)).toMatchObject({ name: 'GatewayDelegateError', kind: 'resume-expired' })

    const model = delegateOf(createFakeAi({ run }).ai)('openai/gpt-4o', { onResumeExpired: 'accept-partial' })
    expect(await streamText({ model, prompt: 'hi' }).text).toBe('one ')
  })

  test('is given up after maxReconnects', async () => {
    const { ai, calls } = createFakeAi({
      run: () => streamAnswer(brokenBody(events[0] ?? ''), headers),
      fetch: () => new Response('', { status: 503 }),
    })
    const model = delegateOf(ai)('openai/gpt-4o', { maxReconnects: 1 })
    expect(await errorOf(streamText({ model, prompt: 'hi' }))).toMatchObject({ kind: 'dispatch' })
    expect(calls.fetches).toHaveLength(1)
  })

  test('is resumed on the gateway path too where the gateway can', async () => {
    const { ai, calls } = createFakeAi({
      universal: () => streamAnswer(brokenBody(events[0] ?? ''), headers),
      fetch: () => streamAnswer(events.slice(1).join('')),
    })
    const model = delegateOf({ ...ai, capabilities: ['resume'] })('mistral/small', { resume: true, cacheTtl: 60 })
    expect(await streamText({ model, prompt: 'hi' }).text).toBe('one two three')
    expect(calls.universal[0]?.entries[0]?.headers).toMatchObject({ 'cf-aig-cache-ttl': '60', 'gw-resumable': 'true' })
    await generateText({ model, prompt: 'hi' }).catch(() => undefined)
    expect(calls.universal[1]?.entries[0]?.headers).not.toHaveProperty('gw-resumable')
  })

  test('is not what an answer in JSON is, although it has a run id', async () => {
    const { ai, calls } = createFakeAi({ run: () => chatAnswer('fine', headers) })
    expect((await generateText({ model: delegateOf(ai)('openai/gpt-4o'), prompt: 'hi' })).text).toBe('fine')
    expect(calls.fetches).toEqual([])
  })

  test('is left alone over a binding that cannot ask again, which is said to who insists', async () => {
    const { ai } = createFakeAi({ run: () => streamAnswer(events.join(''), headers) })
    const { fetch: _, ...rest } = ai
    const stream = streamText({ model: delegateOf(rest)('openai/gpt-4o', { resume: true }), prompt: 'hi' })
    expect(await stream.text).toBe('one two three')
    expect(await stream.warnings).toEqual([
      { type: 'other', message: expect.stringMatching(/resume:true has no effect/) },
    ])
  })
})

describe('an error of the gateway itself', () => {
  const errors = [{ code: 2009, message: 'Unknown gateway key.' }]

  test.each([
    ['openai/gpt-4o', {}],
    ['anthropic/claude', {}],
    ['google/gemini', { transport: 'gateway' as const }],
  ])('is told by the reader of %s', async (slug, options) => {
    for (const body of [
      { success: false, error: errors, errors },
      { success: false, errors },
    ]) {
      const refuse = () => Response.json(body, { status: 401 })
      const { ai } = createFakeAi({ run: refuse, universal: refuse })
      const call = generateText({ model: delegateOf(ai)(slug, options), prompt: 'hi', maxRetries: 0 })
      await expect(call).rejects.toMatchObject({ statusCode: 401, message: 'Unknown gateway key.' })
    }
  })

  test('of a provider is left as it is', async () => {
    const body = { error: { message: 'bad', type: 'x', code: 'y', more: [1] } }
    const { ai } = createFakeAi({ run: () => Response.json(body, { status: 400 }) })
    const call = generateText({ model: delegateOf(ai)('openai/gpt-4o'), prompt: 'hi', maxRetries: 0 })
    await expect(call).rejects.toMatchObject({ message: 'bad', responseBody: JSON.stringify(body) })
  })
})

describe('an abort', () => {
  test('before the call asks nothing', async () => {
    for (const options of [{}, { transport: 'gateway' as const }]) {
      const { ai, calls } = createFakeAi()
      const model = delegateOf(ai)('openai/gpt-4o', options)
      const call = generateText({ model, prompt: 'hi', abortSignal: AbortSignal.abort() })
      await expect(call).rejects.toMatchObject({ name: 'AbortError' })
      expect([...calls.runs, ...calls.universal]).toEqual([])
    }
  })

  test('during the call ends it, though the binding does not listen, and reaches the binding', async () => {
    for (const options of [{}, { transport: 'gateway' as const }]) {
      const abort = new AbortController()
      const hang = (): Promise<never> => {
        queueMicrotask(() => abort.abort())
        return new Promise(() => {})
      }
      const { ai, calls } = createFakeAi({ run: hang, universal: hang })
      const model = delegateOf(ai)('openai/gpt-4o', options)
      await expect(generateText({ model, prompt: 'hi', abortSignal: abort.signal })).rejects.toMatchObject({
        name: 'AbortError',
      })
      const signal = calls.runs[0]?.options.signal ?? calls.universal[0]?.options['signal']
      expect(signal).toMatchObject({ aborted: true })
    }
  })

  test('during a stream ends it without a resume request', async () => {
    const abort = new AbortController()
    const [first = ''] = chatEvents('one ')
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(first)),
    })
    const { ai, calls } = createFakeAi({ run: () => streamAnswer(endless, { 'cf-aig-run-id': 'run-1' }) })
    const { stream } = await delegateOf(ai)('openai/gpt-4o').doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      abortSignal: abort.signal,
    })
    const read = async (): Promise<void> => {
      for await (const part of stream) if (part.type === 'text-delta') abort.abort()
    }
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
    expect(calls.fetches).toEqual([])
  })
})
