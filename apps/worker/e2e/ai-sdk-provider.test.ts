import { createAnthropic as createAnthropic6 } from '@ai-sdk-6/anthropic'
import { createOpenAI as createOpenAI6 } from '@ai-sdk-6/openai'
import { createAiGateway, type AiGatewayOptions, type FallbackMode } from '@gw/ai-sdk-provider'
import { createAnthropic } from '@gw/ai-sdk-provider/providers/anthropic'
import { createOpenAI } from '@gw/ai-sdk-provider/providers/openai'
import { createAiBinding } from '@gw/workers-ai-delegate'
import type { LogRecord } from '@gw/gateway'
import { APICallError, generateText, RetryError, streamText } from 'ai'
import { generateText as generateText6, streamText as streamText6 } from 'ai-6'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrappers } from './ai-sdk-provider/wrappers.ts'
import { startDroppingProxy, type DroppingProxy } from './env-ai/dropping-proxy.ts'
import { gatewayKey, gatewayUrl, poll, rowOf, rowsMarked, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

interface GatewaySettings {
  options?: AiGatewayOptions
  fallback?: FallbackMode
}

const overHttp = (settings: GatewaySettings = {}) =>
  createAiGateway({ baseURL: `${gatewayUrl}/v1`, apiKey: gatewayKey, ...settings })

const overBinding = (settings: GatewaySettings = {}) => {
  const ai = createAiBinding({ baseURL: gatewayUrl, token: gatewayKey })
  return createAiGateway({ binding: ai.gateway('default'), ...settings })
}

const ways = [
  ['HTTP', overHttp],
  ['a binding', overBinding],
] as const

const openai = createOpenAI()
const anthropic = createAnthropic()

/** What a result says of the gateway. */
function said(metadata: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(Object(metadata?.['gateway'])))
}

/** The row that a result names, which must say what the result says. */
async function rowBehind(metadata: Readonly<Record<string, unknown>> | undefined): Promise<LogRecord> {
  const { logId, step, provider, model, attempts } = said(metadata)
  const row = await rowOf(String(logId))
  expect({ step, provider, model, attempts }).toEqual({
    step: row.step,
    provider: row.provider,
    model: row.model,
    attempts: row.attempts.length,
  })
  return row
}

/** All parts of a stream; throws what an error part holds. */
async function read(stream: ReturnType<typeof streamText>): Promise<string> {
  let text = ''
  for await (const part of stream.fullStream) {
    if (part.type === 'text-delta') text += part.text
    if (part.type === 'error') throw part.error
  }
  return text
}

async function errorOf(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('The call did not fail.')
}

describe.concurrent.each(ways)('over %s', (_way, connect) => {
  describe.each(wrappers)('$name', ({ model, provider, modelId, secret: [header, value], cost, asksForUsage }) => {
    test('generates', async () => {
      const word = uniqueWord()
      const { text, usage, providerMetadata, warnings } = await generateText({
        model: connect()(model()),
        prompt: `hello ${word}`,
        maxRetries: 0,
      })
      expect(text).toBe(`You said: hello ${word}`)
      expect([usage.inputTokens, usage.outputTokens]).toEqual([2, 4])
      expect(warnings).toEqual([])
      const row = await rowBehind(providerMetadata)
      expect([row.provider, row.model, row.cost_nano_usd, row.status_code]).toEqual([provider, modelId, cost, 200])
      expect(said(providerMetadata)['cost']).toBe(cost === null ? undefined : cost / 1e9)
      const requests = await upstreamRequests(word)
      expect(requests.map((request) => request.provider)).toEqual([provider])
      expect(requests[0]?.headers[header]).toBe(value)
      expect(JSON.stringify(requests)).not.toContain(gatewayKey)
      expect(JSON.stringify(requests)).not.toContain('CF_TEMP_TOKEN')
    })

    test('streams', async () => {
      const word = uniqueWord()
      const stream = streamText({
        model: connect()(model()),
        prompt: `hello ${word}`,
        maxRetries: 0,
        onError: () => undefined,
      })
      expect(await read(stream)).toBe(`You said: hello ${word}`)
      const row = await rowBehind(await stream.providerMetadata)
      expect([row.provider, row.model, row.ending]).toEqual([provider, modelId, 'complete'])
      const known = { usage_source: 'reported', cost_nano_usd: cost }
      expect(row).toMatchObject(asksForUsage ? known : { usage_source: 'estimated' })
    })
  })

  describe('models of AI SDK 6', () => {
    const key = { apiKey: 'CF_TEMP_TOKEN' }
    const models = () => [createOpenAI6(key).chat('gpt-4o-mini+status:503'), createAnthropic6(key)('claude-sonnet-4-5')]

    test('fall back at the gateway, in one row', async () => {
      const word = uniqueWord()
      const { text, providerMetadata } = await generateText6({ model: connect()(models()), prompt: `hello ${word}` })
      expect(text).toBe(`You said: hello ${word}`)
      const row = await rowBehind(providerMetadata)
      expect(row).toMatchObject({ step: 1, provider: 'anthropic', cost_nano_usd: 2 * 3000 + 4 * 15_000 })
      expect(row.attempts.map(({ step, provider, status_code }) => [step, provider, status_code])).toEqual([
        [0, 'openai', 503],
        [1, 'anthropic', 200],
      ])
      expect(JSON.stringify(await upstreamRequests(word))).not.toContain('CF_TEMP_TOKEN')
    })

    test('stream after a fallback', async () => {
      const word = uniqueWord()
      const stream = streamText6({ model: connect()(models()), prompt: `hello ${word}` })
      expect(await stream.text).toBe(`You said: hello ${word}`)
      const row = await rowBehind(await stream.providerMetadata)
      expect([row.step, row.provider, row.ending]).toEqual([1, 'anthropic', 'complete'])
    })
  })

  describe('a list of models of several vendors', () => {
    const models = () => [openai.chat('gpt-4o-mini+status:503'), anthropic('claude-sonnet-4-5')]

    test('falls back at the gateway, in one row', async () => {
      const word = uniqueWord()
      const gateway = connect({ options: { metadata: { mark: word } } })
      const { text, providerMetadata } = await generateText({ model: gateway(models()), prompt: `hello ${word}` })
      expect(text).toBe(`You said: hello ${word}`)
      const row = await rowBehind(providerMetadata)
      expect(row).toMatchObject({ step: 1, provider: 'anthropic', cost_nano_usd: 2 * 3000 + 4 * 15_000 })
      expect(row.attempts.map(({ step, provider, status_code }) => [step, provider, status_code])).toEqual([
        [0, 'openai', 503],
        [1, 'anthropic', 200],
      ])
      expect(await rowsMarked(word)).toHaveLength(1)
    })

    test('falls back at the client, in a row each', async () => {
      const word = uniqueWord()
      const gateway = connect({ options: { metadata: { mark: word } }, fallback: 'client' })
      const { text, providerMetadata } = await generateText({ model: gateway(models()), prompt: `hello ${word}` })
      expect(text).toBe(`You said: hello ${word}`)
      expect(said(providerMetadata)).toMatchObject({ step: 1, provider: 'anthropic', attempts: 2 })
      const rows = await poll(async () => {
        const all = await rowsMarked(word)
        expect(all).toHaveLength(2)
        return all
      })
      const facts = rows.map(({ provider, status_code, step, cost_nano_usd }) => [
        provider,
        status_code,
        step,
        cost_nano_usd,
      ])
      expect(facts.toSorted()).toEqual([
        ['anthropic', 200, 0, 2 * 3000 + 4 * 15_000],
        ['openai', 503, 0, 0],
      ])
    })

    test('falls back before a stream starts', async () => {
      const word = uniqueWord()
      const stream = streamText({ model: connect()(models()), prompt: `hello ${word}`, onError: () => undefined })
      expect(await read(stream)).toBe(`You said: hello ${word}`)
      expect(await rowBehind(await stream.providerMetadata)).toMatchObject({ step: 1, ending: 'complete' })
    })

    test('fails with the last model’s error, and all attempts', async () => {
      const all = [openai.chat('gpt-4o-mini+status:503'), anthropic('claude-sonnet-4-5+status:529')]
      const error = await errorOf(generateText({ model: connect()(all), prompt: uniqueWord(), maxRetries: 0 }))
      expect(error).toMatchObject({
        name: 'AI_APICallError',
        statusCode: 529,
        isRetryable: true,
        gateway: { step: 1, attempts: 2, provider: 'anthropic' },
      })
    })
  })

  test('options of provider, model and call reach the row', async () => {
    const word = uniqueWord()
    const gateway = connect({ options: { metadata: { mark: word, who: 'provider' }, eventId: 'provider' } })
    const model = gateway(openai.chat('gpt-4o-mini'), { metadata: { who: 'model', plan: 'größer 😀' } })
    const { providerMetadata } = await generateText({
      model,
      prompt: `hello ${word}`,
      providerOptions: {
        gateway: {
          metadata: { who: 'call', n: 7, no: null },
          eventId: `event-${word}`,
          customCost: { perTokenIn: 0.000_001, perTokenOut: 0.000_002 },
        },
      },
    })
    const row = await rowBehind(providerMetadata)
    expect(row.metadata).toEqual({ mark: word, who: 'call', plan: 'größer 😀', n: 7, no: null })
    expect(row.event_id).toBe(`event-${word}`)
    expect(said(providerMetadata)['eventId']).toBe(`event-${word}`)
    expect(row.cost_nano_usd).toBe(2 * 1000 + 4 * 2000)
  })

  test('the AI SDK waits as long as a provider asks for, and gets its answer', async () => {
    const word = uniqueWord()
    const model = connect({ options: { metadata: { mark: word } } })(
      openai.chat(`gpt-4o-mini+seed:${word}+times:1:429:1`),
    )
    const { text } = await generateText({ model, prompt: `hello ${word}` })
    expect(text).toBe(`You said: hello ${word}`)
    const [first, second, ...more] = await upstreamRequests(word)
    expect(more).toEqual([])
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(950)
    await poll(async () => {
      const rows = await rowsMarked(word)
      expect(rows.map(({ status_code }) => status_code).toSorted()).toEqual([200, 429])
    })
  })

  test('a provider’s rate limit that stays is told with everything known', async () => {
    const model = connect()(openai.chat('gpt-4o-mini+status:429:7'))
    const error = await errorOf(generateText({ model, prompt: uniqueWord(), maxRetries: 0 }))
    expect(APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      statusCode: 429,
      isRetryable: true,
      responseHeaders: { 'retry-after': '7' },
      gateway: { retryAfter: 7, error: 'rate_limit', attempts: 1, logId: expect.any(String) },
    })
  })

  test('a request that the provider refuses is not repeated', async () => {
    const word = uniqueWord()
    const call = generateText({ model: connect()(openai.chat('gpt-4o-mini+context-length')), prompt: word })
    const error = await errorOf(call)
    expect(RetryError.isInstance(error)).toBe(false)
    expect(error).toMatchObject({
      name: 'AI_APICallError',
      statusCode: 400,
      isRetryable: false,
      gateway: { error: 'context_length' },
    })
    expect(await upstreamRequests(word)).toHaveLength(1)
  })

  test('200 calls on one model at once each get their own answer, and a row', async () => {
    const mark = uniqueWord()
    const model = connect({ options: { metadata: { mark } } })([openai.chat('gpt-4o-mini'), anthropic('claude')])
    const words = Array.from({ length: 200 }, uniqueWord)
    const answers = await Promise.all(
      words.map(async (prompt, index) => {
        if (index % 2 === 0) return generateText({ model, prompt, maxRetries: 0 })
        const stream = streamText({ model, prompt, maxRetries: 0, onError: () => undefined })
        return { text: await read(stream), providerMetadata: await stream.providerMetadata }
      }),
    )
    expect(answers.map(({ text }) => text)).toEqual(words.map((word) => `You said: ${word}`))
    const ids = new Set(answers.map(({ providerMetadata }) => said(providerMetadata)['logId']))
    expect(ids.size).toBe(200)
    expect(await rowsMarked(mark, 200)).toHaveLength(200)
  })

  test('a stream that is left in its middle leaves one row', async () => {
    const word = uniqueWord()
    const leave = new AbortController()
    const gateway = connect({ options: { metadata: { mark: word } } })
    const stream = streamText({
      model: gateway(openai.chat('gpt-4o-mini+pace:20')),
      prompt: `${word} words 60`,
      abortSignal: leave.signal,
      onError: () => undefined,
    })
    let pieces = 0
    for await (const part of stream.fullStream) {
      if (part.type === 'text-delta') pieces += 1
      if (pieces === 3) leave.abort()
    }
    expect(pieces).toBeLessThan(20)
    // The gateway reads on for the usage.
    const rows = await rowsMarked(word)
    expect(rows.map(({ ending }) => ending)).toEqual(['client_gone'])
    expect(await upstreamRequests(word)).toHaveLength(1)
  })
})

describe('the gateway’s own refusals', () => {
  test('of a gateway that does not exist', async () => {
    const gateway = createAiGateway({
      baseURL: `${gatewayUrl}/v1`,
      apiKey: gatewayKey,
      accountId: 'default',
      gateway: 'nobody-made-it',
    })
    const error = await errorOf(generateText({ model: gateway(openai.chat('gpt-4o-mini')), prompt: uniqueWord() }))
    expect(error).toMatchObject({ name: 'AiGatewayDoesNotExist', code: 2001, statusCode: 400, isRetryable: false })
    expect(APICallError.isInstance(error)).toBe(true)
  })

  test.each([
    ['wrong', 'gw_wrong'],
    ['missing', undefined],
  ])('of a %s key', async (_, apiKey) => {
    const gateway = createAiGateway({ baseURL: `${gatewayUrl}/v1`, ...(apiKey !== undefined && { apiKey }) })
    const error = await errorOf(generateText({ model: gateway(openai.chat('gpt-4o-mini')), prompt: uniqueWord() }))
    expect(error).toMatchObject({ name: 'AiGatewayUnauthorizedError', code: 2009, statusCode: 401, isRetryable: false })
  })
})

describe.concurrent('ids', () => {
  test.each([
    ['xai/grok-3-mini', 'grok'],
    ['openai/gpt-4o-mini', 'openai'],
    ['google-ai-studio/gemini-2.5-flash', 'google-ai-studio'],
    ['workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast', 'workers-ai'],
  ])('%s', async (id, provider) => {
    const word = uniqueWord()
    const { text, providerMetadata } = await generateText({ model: overHttp()(id), prompt: `hello ${word}` })
    expect(text).toBe(`You said: hello ${word}`)
    const row = await rowBehind(providerMetadata)
    expect(row.provider).toBe(provider)
    expect(Math.round(Number(said(providerMetadata)['cost']) * 1e9)).toBe(row.cost_nano_usd)
  })
})

describe('a stream that breaks', () => {
  let proxy: DroppingProxy
  beforeAll(async () => {
    proxy = await startDroppingProxy(gatewayUrl)
  })
  afterAll(() => proxy.close())

  const overProxy = (mark: string) => {
    const options = { metadata: { mark } }
    const ai = createAiBinding({ baseURL: proxy.url, token: gatewayKey })
    return {
      http: createAiGateway({ baseURL: `${proxy.url}/v1`, apiKey: gatewayKey, options, resume: true }),
      binding: createAiGateway({
        binding: ai.gateway('default'),
        options,
        resume: { binding: ai, gateway: 'default' },
      }),
    }
  }

  test.each([
    ['http', openai.chat('gpt-4o-mini'), 8],
    ['binding', openai.chat('gpt-4o-mini'), 8],
    // start, block, ping or delta events, stop: more than the text has words.
    ['http', anthropic('claude-sonnet-4-5'), 9],
    ['binding', anthropic('claude-sonnet-4-5'), 9],
  ] as const)('over %s goes on wherever that was: %o', async (way, model, events) => {
    const words: string[] = []
    for (let event = 0; event < events; event += 1) {
      const word = uniqueWord()
      words.push(word)
      proxy.takePaths()
      proxy.dropAfter(event)
      const stream = streamText({
        model: overProxy(word)[way](model),
        prompt: `${word} words 4`,
        maxRetries: 0,
        onError: () => undefined,
      })
      expect(await read(stream)).toMatch(/^\S+( \S+){3}$/)
      const { inputTokens, outputTokens } = await stream.usage
      expect([inputTokens, outputTokens]).toEqual([3, 4])
      expect(proxy.takePaths().slice(1)).toEqual([expect.stringContaining(`/resume?from=${event}`)])
    }
    for (const word of words) {
      expect(await upstreamRequests(word)).toHaveLength(1)
      const rows = await rowsMarked(word)
      expect(rows.map(({ ending, usage }) => [ending, usage])).toEqual([['complete', { input: 3, output: 4 }]])
    }
  })

  test('again and again, in a list of models', async () => {
    const word = uniqueWord()
    proxy.dropAfter(2, 1, 3)
    const models = [openai.chat('gpt-4o-mini+status:503'), anthropic('claude-sonnet-4-5')]
    const stream = streamText({
      model: overProxy(word).http(models),
      prompt: `${word} words 30`,
      onError: () => undefined,
    })
    expect((await read(stream)).split(' ')).toHaveLength(30)
    expect(await rowBehind(await stream.providerMetadata)).toMatchObject({ step: 1, ending: 'complete' })
    expect(await rowsMarked(word)).toHaveLength(1)
  })
})
