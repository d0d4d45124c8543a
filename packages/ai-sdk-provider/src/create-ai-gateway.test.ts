import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import type { ProviderV4 } from '@ai-sdk/provider'
import { inspect } from 'node:util'
import {
  createProviderRegistry,
  customProvider,
  embed,
  generateImage,
  generateObject,
  generateSpeech,
  generateText,
  NoSuchModelError,
  streamText,
  transcribe,
  type Provider,
} from 'ai'
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { chatCompletion, chatStream } from './__fixtures__/answers.ts'
import { createFakeGateway } from './__fixtures__/fake-gateway.ts'
import { AiGatewayChatLanguageModel, AiGatewayInternalFetchError, createAiGateway, type AiGateway } from './index.ts'
import { createOpenAI as createKeylessOpenAI } from './providers/openai.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })
const anthropic = createAnthropic({ apiKey: 'sk-anthropic' })
const google = createGoogleGenerativeAI({ apiKey: 'AIza-google' })
const ask = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }] }

function setUp(answer?: Parameters<typeof createFakeGateway>[0], settings: object = {}) {
  const fake = createFakeGateway(answer)
  const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', apiKey: 'gw-key', fetch: fake.fetch, ...settings })
  return { fake, gateway }
}

/** Fails the first entries of a request with a status. */
const failing =
  (count: number, status = 503, body: object = { error: { message: 'busy' } }) =>
  (_: unknown, step: number) =>
    step < count ? Response.json(body, { status }) : undefined

describe('one request for all models', () => {
  test('goes to the account’s gateway, with one entry per model in order', async () => {
    const { fake, gateway } = setUp()
    await generateText({ model: gateway([openai('gpt-5'), anthropic('claude-x')]), prompt: 'hi' })
    const [sent] = fake.sent
    expect(sent).toMatchObject({ url: 'https://gateway.ai.cloudflare.com/v1/acc/gw', method: 'POST' })
    expect(sent?.headers).toEqual({ 'content-type': 'application/json', 'cf-aig-authorization': 'Bearer gw-key' })
    expect(sent?.entries).toMatchObject([
      { provider: 'openai', endpoint: 'v1/responses', query: { model: 'gpt-5' } },
      { provider: 'anthropic', endpoint: 'v1/messages', query: { model: 'claude-x' } },
    ])
  })

  test('the winner’s parser reads the answer, and the result says which one that was', async () => {
    const { fake, gateway } = setUp(failing(1))
    const model = gateway([openai('gpt-5'), anthropic('claude-x'), google('gemini')])
    const { text, providerMetadata } = await generateText({ model, prompt: 'hi' })
    expect(text).toBe('Hello')
    expect(providerMetadata?.['gateway']).toEqual({ step: 1, provider: 'anthropic', model: 'claude-x' })
    expect(fake.sent).toHaveLength(1)
  })

  test('every model writes its request once, the winner too', async () => {
    const { gateway } = setUp(failing(1))
    const calls: string[] = []
    const counted = (model: ReturnType<typeof openai>): ReturnType<typeof openai> =>
      Object.create(model, {
        doGenerate: {
          value(this: typeof model, options: Parameters<typeof model.doGenerate>[0]) {
            calls.push(this.modelId)
            return Reflect.apply(model.doGenerate, this, [options])
          },
        },
        config: { value: Reflect.get(model, 'config') },
      })
    await gateway([counted(openai('a')), counted(openai('b'))]).doGenerate(ask)
    expect(calls).toEqual(['a', 'b'])
  })

  test('a model that did not answer is told so, and leaves nothing behind', async () => {
    const { gateway } = setUp()
    const endings: unknown[] = []
    const watched = openai('b')
    const prototype: unknown = Object.create(Object.getPrototypeOf(watched), {
      doGenerate: {
        value(this: typeof watched, options: Parameters<typeof watched.doGenerate>[0]) {
          const result = Promise.resolve(Reflect.apply(watched.doGenerate, this, [options]))
          result.catch((error: unknown) => endings.push(error))
          return result
        },
      },
    })
    const loser: typeof watched = Object.create(Object(prototype), Object.getOwnPropertyDescriptors(watched))
    await gateway([openai('a'), loser]).doGenerate(ask)
    await vi.waitFor(() => expect(endings).toHaveLength(1))
    expect(endings[0]).toBeInstanceOf(AiGatewayInternalFetchError)
  })

  test('models may be made when they are needed, even asynchronously', async () => {
    const { fake, gateway } = setUp()
    await gateway([openai('a'), () => openai('b'), async () => anthropic('c')]).doGenerate(ask)
    expect(fake.entries().map(({ query }) => query['model'])).toEqual(['a', 'b', 'c'])
  })

  test('an entry’s body is the model’s, to the byte', async () => {
    const { fake, gateway } = setUp()
    const text = 'ünïcödé 😀 \u2028 "quotes" 1.0'
    await generateText({ model: gateway(openai.chat('gpt-4o')), prompt: text, temperature: 0.1 })
    const written = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: text }], temperature: 0.1 })
    expect(fake.sent[0]?.body).toContain(`"query":${JSON.stringify(fake.entries()[0]?.query)}`)
    expect(JSON.parse(written)).toEqual(fake.entries()[0]?.query)
  })

  test('a factory that fails fails the call, and is tried again by the next', async () => {
    const { gateway } = setUp()
    let failures = 1
    const flaky = async () => {
      failures -= 1
      if (failures >= 0) throw new Error('no chunk')
      return anthropic('c')
    }
    const model = gateway([openai('a'), flaky])
    await expect(model.doGenerate(ask)).rejects.toThrow('no chunk')
    expect((await generateText({ model, prompt: 'hi' })).text).toBe('Hello')
  })

  test('a factory that fails while one only looks at the model breaks nothing', async () => {
    const { gateway } = setUp()
    const unhandled = vi.fn<(reason: unknown) => void>()
    process.on('unhandledRejection', unhandled)
    const model = gateway([openai('a'), () => Promise.reject(new Error('no chunk'))])
    await model.supportedUrls
    const broken = gateway([
      openai('a'),
      () => Promise.reject(new Error('no chunk')),
      () => {
        throw new Error('at once')
      },
    ])
    await expect(broken.doGenerate(ask)).rejects.toThrow(/no chunk|at once/)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('a further model can be named as fallback', async () => {
    const { fake, gateway } = setUp(failing(1))
    await generateText({ model: gateway(anthropic('claude-x'), { fallback: [openai('gpt-5')] }), prompt: 'hi' })
    expect(fake.entries().map(({ provider }) => provider)).toEqual(['anthropic', 'openai'])
  })

  test('a model that finds the call impossible fails it with its own error, and nothing is sent', async () => {
    const { fake, gateway } = setUp()
    const model = gateway([openai.chat('gpt-5'), anthropic('claude-x')])
    const audio = { type: 'file' as const, mediaType: 'audio/x-odd', data: { type: 'data' as const, data: 'AA' } }
    await expect(model.doGenerate({ prompt: [{ role: 'user', content: [audio] }] })).rejects.toThrow('audio/x-odd')
    expect(fake.sent).toEqual([])
  })
})

describe('models one by one', () => {
  test('the next model is made, writes and is sent only when the one before has failed', async () => {
    const made: string[] = []
    const lazily = (id: string) => () => {
      made.push(id)
      return openai(id)
    }
    const { fake, gateway } = setUp(
      (sent) => (sent.entries[0]?.query['model'] === 'a' ? Response.json({}, { status: 503 }) : undefined),
      {
        fallback: 'client',
      },
    )
    const result = await generateText({ model: gateway([lazily('a'), lazily('b'), lazily('c')]), prompt: 'hi' })
    expect(made).toEqual(['a', 'b'])
    expect(fake.sent.map(({ entries }) => entries.map(({ query }) => query['model']))).toEqual([['a'], ['b']])
    expect(result.providerMetadata?.['gateway']).toMatchObject({ step: 1, attempts: 2, model: 'b' })
  })

  test.each([
    ['a malformed request', 400, { error: { message: 'bad' } }, 1],
    ['an unprocessable request', 422, { error: { message: 'bad' } }, 1],
    ['a provider’s refused key', 401, { error: { message: 'key' } }, 2],
    ['a provider’s rate limit', 429, { error: { message: 'slow' } }, 2],
    ['a missing model', 404, { error: { message: 'none' } }, 2],
    ['a provider’s failure', 500, { error: { message: 'oops' } }, 2],
    ['a missing gateway', 400, { success: false, error: [{ code: 2001, message: 'none' }] }, 1],
    ['a refused gateway key', 401, { success: false, error: [{ code: 2009, message: 'no' }] }, 1],
    ['the gateway’s rate limit', 429, { success: false, error: [{ code: 2003, message: 'slow' }] }, 1],
    ['no credit for a provider', 402, { success: false, error: [{ code: 2021, message: 'pay' }] }, 2],
    ['a gateway that fails', 500, { success: false, error: [{ code: 2002, message: 'oops' }] }, 2],
  ])('after %s', async (...[, status, body, requests]) => {
    const { fake, gateway } = setUp(() => Response.json(body, { status }), { fallback: 'client' })
    await expect(gateway([openai('a'), openai('b')]).doGenerate(ask)).rejects.toMatchObject({ statusCode: status })
    expect(fake.sent).toHaveLength(requests)
  })

  test('our gateway’s word for the error tells a context that is too long from a malformed request', async () => {
    const answer = () =>
      Response.json({ error: { message: 'long' } }, { status: 400, headers: { 'gw-error': 'context_length' } })
    const { fake, gateway } = setUp(answer, { fallback: 'client' })
    await expect(gateway([openai('a'), openai('b')]).doGenerate(ask)).rejects.toMatchObject({ statusCode: 400 })
    expect(fake.sent).toHaveLength(2)
  })

  test('a cancelled call goes no further', async () => {
    const controller = new AbortController()
    const { fake, gateway } = setUp(
      () => {
        controller.abort()
        throw controller.signal.reason
      },
      { fallback: 'client' },
    )
    const call = gateway([openai('a'), openai('b')]).doGenerate({ ...ask, abortSignal: controller.signal })
    const error = await Promise.resolve(call).catch((reason: unknown) => reason)
    expect(error).toBe(controller.signal.reason)
    expect(fake.sent).toHaveLength(1)
  })
})

describe('a caller’s model', () => {
  test('is the same object in the same state afterwards, and still works alone', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json(chatCompletion('gpt-5', 'direct')))
    const model = createOpenAI({ apiKey: 'sk', fetch }).chat('gpt-5')
    const before = Reflect.get(model, 'config')
    const { gateway } = setUp()
    await generateText({ model: gateway(model), prompt: 'hi' })
    expect(Reflect.get(model, 'config')).toBe(before)
    expect(Object.keys(model)).toEqual(Object.keys(createOpenAI({ apiKey: 'sk', fetch }).chat('gpt-5')))
    expect((await generateText({ model, prompt: 'hi' })).text).toBe('direct')
    expect(fetch).toHaveBeenCalledOnce()
  })

  test('may be frozen', async () => {
    const { gateway } = setUp()
    const model = Object.freeze(openai('gpt-5'))
    Object.freeze(Reflect.get(model, 'config'))
    expect((await generateText({ model: gateway(model), prompt: 'hi' })).text).toBe('Hello')
  })
})

describe('streams', () => {
  test('arrive whole, and end with what the gateway said', async () => {
    const answer = () => {
      const response = chatStream()
      response.headers.set('cf-aig-log-id', 'log-1')
      response.headers.set('cf-aig-cache-status', 'MISS')
      return response
    }
    const { gateway } = setUp(answer)
    const result = streamText({ model: gateway(openai.chat('gpt-5')), prompt: 'hi' })
    expect(await result.text).toBe('Hello')
    expect((await result.providerMetadata)?.['gateway']).toMatchObject({ step: 0, logId: 'log-1', cacheStatus: 'MISS' })
  })

  test('that are cancelled cancel the gateway’s answer', async () => {
    let cancel: () => void = () => undefined
    const cancelled = new Promise<void>((resolve) => (cancel = resolve))
    const body = new ReadableStream({
      pull: (controller) =>
        controller.enqueue(new TextEncoder().encode('data: {"choices":[{"delta":{"content":"a"}}]}\n\n')),
      cancel: () => cancel(),
    })
    const { gateway } = setUp(
      () => new Response(body, { headers: { 'content-type': 'text/event-stream', 'cf-aig-step': '0' } }),
    )
    const { stream } = await gateway(openai.chat('gpt-5')).doStream(ask)
    const reader = stream.getReader()
    await reader.read()
    await reader.cancel()
    await expect(cancelled).resolves.toBeUndefined()
  })

  test('carry the gateway’s warnings in their first part', async () => {
    const answer = () => {
      const response = chatStream()
      response.headers.set('gw-warnings', 'top_k')
      return response
    }
    const { gateway } = setUp(answer)
    const { stream } = await gateway(openai.chat('gpt-5')).doStream(ask)
    const { value } = await stream.getReader().read()
    expect(value).toMatchObject({
      type: 'stream-start',
      warnings: [{ type: 'other', message: expect.stringContaining('top_k') }],
    })
  })
})

describe('what an answer’s headers say', () => {
  test('is in providerMetadata.gateway', async () => {
    const headers = {
      'cf-aig-step': '0',
      'cf-aig-log-id': 'log',
      'cf-aig-event-id': 'event',
      'cf-aig-run-id': 'run',
      'cf-aig-cache-status': 'HIT',
      'gw-provider': 'openai',
      'gw-model': 'gpt-5-mini',
      'gw-attempts': '3',
      'gw-cost': '0.00012',
      'gw-key-source': 'org',
      'gw-warnings': 'top_k,seed',
    }
    const { gateway } = setUp(() => Response.json(chatCompletion('m'), { headers }))
    const { providerMetadata, warnings } = await generateText({ model: gateway(openai.chat('gpt-5')), prompt: 'hi' })
    expect(providerMetadata?.['gateway']).toEqual({
      step: 0,
      logId: 'log',
      eventId: 'event',
      runId: 'run',
      cacheStatus: 'HIT',
      provider: 'openai',
      model: 'gpt-5-mini',
      attempts: 3,
      cost: 0.00012,
      keySource: 'org',
      warnings: ['top_k', 'seed'],
    })
    expect(warnings?.map((warning) => warning.type)).toEqual(['other', 'other'])
  })

  test('is there for every other kind as well', async () => {
    const { gateway } = setUp()
    const embedded = await embed({ model: gateway.embeddingModel(openai.embeddingModel('e')), value: 'x' })
    expect(embedded.providerMetadata?.['gateway']).toMatchObject({ step: 0, provider: 'openai', model: 'e' })
    const image = await generateImage({ model: gateway.imageModel(openai.imageModel('gpt-image-1')), prompt: 'x' })
    expect(image.providerMetadata['gateway']).toEqual({ step: 0, provider: 'openai', model: 'gpt-image-1' })
    const spoken = await generateSpeech({ model: gateway.speechModel(openai.speech('tts-1')), text: 'x' })
    expect(spoken.providerMetadata['gateway']).toEqual({ step: 0, provider: 'openai', model: 'tts-1' })
    const audio = new Uint8Array([82, 73, 70, 70])
    const heard = await transcribe({ model: gateway.transcriptionModel(openai.transcription('whisper-1')), audio })
    expect(heard.providerMetadata['gateway']).toEqual({ step: 0, provider: 'openai', model: 'whisper-1' })
  })
})

describe('secrets', () => {
  test('go only into the entry of the provider that they are for', async () => {
    const { fake, gateway } = setUp()
    await generateText({ model: gateway([openai('a'), anthropic('b'), google('c')]), prompt: 'hi' })
    const secrets = ['sk-openai', 'sk-anthropic', 'AIza-google']
    const holders = fake.entries().map((entry) => secrets.filter((secret) => JSON.stringify(entry).includes(secret)))
    expect(holders).toEqual([['sk-openai'], ['sk-anthropic'], ['AIza-google']])
    expect(secrets.filter((secret) => JSON.stringify(fake.sent[0]?.headers).includes(secret))).toEqual([])
  })

  test('that a call adds in a header of several providers is for the first of them, and for models of the same', async () => {
    const groq = createOpenAI({ apiKey: 'sk-groq', baseURL: 'https://api.groq.com/openai/v1' })
    const headers = { Authorization: 'Bearer sk-of-the-call', 'x-api-key': 'sk-too' }
    const models = [openai('a'), groq.chat('b'), openai('c'), anthropic('d')]
    const sentBy = async (fallback: 'server' | 'client') => {
      const { fake, gateway } = setUp(() => Response.json({}, { status: 503 }), { fallback })
      await generateText({ model: gateway(models), prompt: 'hi', headers, maxRetries: 0 }).catch(() => undefined)
      return fake.entries().map(({ headers }) => [headers['authorization'], headers['x-api-key']])
    }
    const expected = [
      ['Bearer sk-of-the-call', undefined],
      [undefined, undefined],
      ['Bearer sk-of-the-call', undefined],
      [undefined, 'sk-too'],
    ]
    expect(await sentBy('server')).toEqual(expected)
    expect(await sentBy('client')).toEqual(expected)
  })

  test('are not in what a log shows of a model', () => {
    const { gateway } = setUp(undefined, { apiKey: 'gw-secret' })
    const model = gateway(createKeylessOpenAI()('a'))
    expect(inspect(model, { depth: 9 })).not.toContain('gw-secret')
    expect(JSON.stringify(model)).not.toContain('gw-secret')
    expect(inspect(gateway, { depth: 9 })).not.toContain('gw-secret')
  })

  test('that a call adds for one provider don’t reach the others', async () => {
    const { fake, gateway } = setUp()
    const model = gateway([openai('a'), anthropic('b')])
    await generateText({ model, prompt: 'hi', headers: { 'x-goog-api-key': 'leak', cookie: 'leak' } })
    expect(JSON.stringify(fake.sent)).not.toContain('leak')
  })
})

describe('the gateway’s key', () => {
  test.each([
    ['none', undefined, undefined],
    ['blank', '', undefined],
    ['text', 'gw-key', 'Bearer gw-key'],
    ['with its scheme', 'Bearer gw-key', 'Bearer gw-key'],
    ['a function', () => 'later', 'Bearer later'],
    ['a promise', async () => 'later', 'Bearer later'],
    ['a function that has none', async () => undefined, undefined],
  ])('%s', async (_, apiKey, header) => {
    const { fake, gateway } = setUp(undefined, { apiKey })
    await generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
    expect(fake.sent[0]?.headers['cf-aig-authorization']).toBe(header)
  })

  test('is asked for again before each request', async () => {
    let count = 0
    const { fake, gateway } = setUp(undefined, { apiKey: () => `key${(count += 1)}` })
    await generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
    await generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
    expect(fake.sent.map(({ headers }) => headers['cf-aig-authorization'])).toEqual(['Bearer key1', 'Bearer key2'])
  })
})

describe('the gateway’s address', () => {
  test.each([
    [{ baseURL: 'http://127.0.0.1:8787/v1/' }, 'http://127.0.0.1:8787/v1/default/default'],
    [{ baseURL: 'https://ai.acme.dev/v1', gateway: 'prod' }, 'https://ai.acme.dev/v1/default/prod'],
    [{ accountId: 'a/b', gateway: 'gw' }, 'https://gateway.ai.cloudflare.com/v1/a%2Fb/gw'],
  ])('%o', async (settings, url) => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({ ...settings, fetch: fake.fetch })
    await generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
    expect(fake.sent[0]?.url).toBe(url)
  })

  test('is missing: that is said at once', () => {
    // @ts-expect-error JavaScript callers can leave out what the types ask for.
    expect(() => createAiGateway({ accountId: 'acc' })).toThrow('`accountId` and `gateway`')
    // @ts-expect-error An environment variable may not be set.
    expect(() => createAiGateway({ baseURL: undefined })).toThrow('`baseURL`')
  })
})

describe('ids', () => {
  test.each(['openai/gpt-5', 'dynamic/support', 'auto/cheapest', '@cf/meta/llama'])('%s', async (id) => {
    const { fake, gateway } = setUp()
    const { text } = await generateText({ model: gateway(id), prompt: 'hi' })
    expect(text).toBe('Hello')
    expect(fake.entries()).toMatchObject([{ provider: 'compat', endpoint: 'chat/completions', query: { model: id } }])
  })

  test('mix with models', async () => {
    const { fake, gateway } = setUp(failing(1))
    await generateText({ model: gateway([openai('gpt-5'), 'anthropic/claude']), prompt: 'hi' })
    expect(fake.entries().map(({ provider }) => provider)).toEqual(['openai', 'compat'])
  })

  test('make embeddings and images too', async () => {
    const { fake, gateway } = setUp()
    await embed({ model: gateway.embeddingModel('openai/e'), value: 'x' })
    await generateImage({ model: gateway.imageModel('openai/i'), prompt: 'x' })
    expect(fake.entries().map(({ provider, endpoint }) => `${provider}/${endpoint}`)).toEqual([
      'compat/embeddings',
      'compat/images/generations',
    ])
  })

  test('keep the schema of an object', async () => {
    const { fake, gateway } = setUp(() => Response.json(chatCompletion('m', '{"name":"Ada"}')))
    const { object } = await generateObject({
      model: gateway('openai/gpt-5'),
      schema: z.object({ name: z.string() }),
      prompt: 'hi',
    })
    expect(object).toEqual({ name: 'Ada' })
    expect(fake.entries()[0]?.query['response_format']).toMatchObject({ type: 'json_schema' })
  })

  test.each(['openai/whisper-1', 'openai/a/b'])('of other kinds need a provider: %s', async (id) => {
    const providers = { openai: createKeylessOpenAI() }
    const { fake, gateway } = setUp(undefined, { providers })
    await transcribe({ model: gateway.transcriptionModel(id), audio: new Uint8Array([82, 73, 70, 70]) })
    expect(fake.sent[0]?.url).toBe('https://gateway.ai.cloudflare.com/v1/acc/gw/openai/v1/audio/transcriptions')
    const form = fake.sent[0]?.body
    expect(form instanceof FormData && form.get('model')).toBe(id.replace('openai/', ''))
  })

  test('find the provider by any of its names', () => {
    const { gateway } = setUp(undefined, { providers: { xai: createKeylessOpenAI() } })
    expect(gateway.speechModel('grok/tts').modelId).toBe('tts')
  })

  test.each([
    ['transcriptionModel', (gateway: AiGateway) => gateway.transcriptionModel('openai/m')],
    ['speechModel', (gateway: AiGateway) => gateway.speechModel('openai/m')],
    ['rerankingModel', (gateway: AiGateway) => gateway.rerankingModel('openai/m')],
    ['videoModel', (gateway: AiGateway) => gateway.videoModel('openai/m')],
  ])('%s without one', (kind, makeModel) => {
    const { gateway } = setUp()
    const error = errorOf(() => makeModel(gateway))
    expect(NoSuchModelError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      modelId: 'openai/m',
      modelType: kind,
      message: expect.stringContaining('Pass `providers: { openai: … }`'),
    })
  })
})

function errorOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

describe('as a provider of the AI SDK', () => {
  test('it is one by type and version', () => {
    const { gateway } = setUp()
    const provider: Provider & ProviderV4 = gateway
    expect(provider.specificationVersion).toBe('v4')
  })

  test('it works in a registry', async () => {
    const { fake, gateway } = setUp()
    const registry = createProviderRegistry({ gw: gateway })
    expect((await generateText({ model: registry.languageModel('gw:openai/gpt-5'), prompt: 'hi' })).text).toBe('Hello')
    await embed({ model: registry.embeddingModel('gw:openai/e'), value: 'x' })
    expect(fake.entries().map(({ query }) => query['model'])).toEqual(['openai/gpt-5', 'openai/e'])
  })

  test('it works behind and inside a custom provider', async () => {
    const { fake, gateway } = setUp()
    const provider = customProvider({
      languageModels: { fast: gateway([openai('gpt-5'), anthropic('claude')]) },
      fallbackProvider: gateway,
    })
    await generateText({ model: provider.languageModel('fast'), prompt: 'hi' })
    await generateText({ model: provider.languageModel('fast' as string as 'fast'), prompt: 'hi' })
    expect(fake.entries().map((entry) => entry.provider)).toEqual(['openai', 'anthropic', 'openai', 'anthropic'])
  })
})

describe('a gateway model', () => {
  test('has name and version of its first model', () => {
    const { gateway } = setUp()
    const model = gateway.chat([anthropic('claude'), openai('gpt-5')])
    expect(model).toBeInstanceOf(AiGatewayChatLanguageModel)
    expect(model).toMatchObject({ provider: 'anthropic.messages', modelId: 'claude', specificationVersion: 'v4' })
  })

  test('lists its models and settings as the published class does', () => {
    const settings = { accountId: 'acc', gateway: 'gw' }
    const models = [anthropic('claude'), openai('gpt-5')]
    const model = new AiGatewayChatLanguageModel(models, settings)
    expect(model.models).toEqual(models)
    expect(model.config).toBe(settings)
    expect(model.defaultObjectGenerationMode).toBe('json')
  })

  test('needs a model', () => {
    const { gateway } = setUp()
    expect(() => gateway([])).toThrow('The list of models is empty')
  })

  test('reads the URLs that all of its models read', async () => {
    const { gateway } = setUp()
    const pdf = 'https://example.org/a.pdf'
    const both = await gateway([openai('gpt-5'), anthropic('claude')]).supportedUrls
    expect(both['application/pdf']?.some((pattern) => pattern.test(pdf))).toBe(true)
    const one = await gateway([openai('gpt-5'), openai.chat('gpt-5')]).supportedUrls
    expect(one['application/pdf']).toBeUndefined()
  })
})

describe('an unknown host', () => {
  const zai = createAnthropic({ apiKey: 'zai-key', baseURL: 'https://api.z.ai/api/anthropic/v1' })

  test('is named, with what to do, and nothing is sent', async () => {
    const { fake, gateway } = setUp()
    await expect(gateway(zai('glm')).doGenerate(ask)).rejects.toMatchObject({
      code: 'invalid_provider',
      message: expect.stringMatching(/api\.z\.ai.*customProviders/),
    })
    expect(fake.sent).toEqual([])
  })

  test.each(['z-ai', 'custom-z-ai'])('reaches a custom provider: %s', async (slug) => {
    const { fake, gateway } = setUp(undefined, { customProviders: { 'https://api.z.ai/api/anthropic': slug } })
    await generateText({ model: gateway(zai('glm')), prompt: 'hi' })
    expect(fake.entries()).toMatchObject([
      { provider: 'custom-z-ai', endpoint: 'v1/messages', headers: { 'x-api-key': 'zai-key' } },
    ])
  })

  test('reaches a provider that the gateway knows under another host', async () => {
    const { fake, gateway } = setUp(undefined, { customProviders: { 'https://api.z.ai/api/anthropic/': 'anthropic' } })
    await generateText({ model: gateway(zai('glm')), prompt: 'hi' })
    expect(fake.entries()).toMatchObject([{ provider: 'anthropic', endpoint: 'v1/messages' }])
  })
})
