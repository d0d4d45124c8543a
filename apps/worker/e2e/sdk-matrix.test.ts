import { describe, expect, test } from 'vitest'
import { aiSdk6Driver } from './chat-drivers/ai-sdk-6-driver.ts'
import { aiSdkDrivers } from './chat-drivers/ai-sdk-drivers.ts'
import { anthropicDriver } from './chat-drivers/anthropic-driver.ts'
import { pngDataUrl, type Ask, type ChatDriver, type ToolSpec } from './chat-drivers/chat-driver.ts'
import { geminiDriver } from './chat-drivers/gemini-driver.ts'
import { ollamaDriver } from './chat-drivers/ollama-driver.ts'
import { openaiDriver } from './chat-drivers/openai-driver.ts'
import { responsesDriver } from './chat-drivers/responses-driver.ts'
import { gatewayKey, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const drivers: readonly ChatDriver[] = [
  openaiDriver,
  responsesDriver,
  anthropicDriver,
  geminiDriver,
  ollamaDriver,
  ...aiSdkDrivers,
  aiSdk6Driver,
]

interface Upstream {
  format: string
  provider: string
  model: string
  /** The header in which the provider gets its secret, and what is in it. */
  secret: [header: string, value: string]
  reasoningModel: string
  /** `hidden` providers count reasoning and do not tell it. */
  reasoning: 'shown' | 'hidden'
  /** In which the arguments of two calls stream: at least three each, or one where the provider sends them whole. */
  fewestArgumentPieces: number
}

const upstreams: readonly Upstream[] = [
  {
    format: 'OpenAI',
    provider: 'openai',
    model: 'openai/gpt-4o-mini',
    secret: ['authorization', 'Bearer sk-env-openai'],
    reasoningModel: 'openai/gpt-5-mini',
    reasoning: 'hidden',
    fewestArgumentPieces: 6,
  },
  {
    format: 'Anthropic',
    provider: 'anthropic',
    model: 'anthropic/claude-sonnet-4-5',
    secret: ['x-api-key', 'sk-env-anthropic'],
    reasoningModel: 'anthropic/claude-sonnet-4-5',
    reasoning: 'shown',
    fewestArgumentPieces: 6,
  },
  {
    format: 'Gemini',
    provider: 'google-ai-studio',
    model: 'google-ai-studio/gemini-2.5-flash',
    secret: ['x-goog-api-key', 'sk-env-google-ai-studio'],
    reasoningModel: 'google-ai-studio/gemini-2.5-flash',
    reasoning: 'shown',
    fewestArgumentPieces: 2,
  },
  {
    format: 'Workers AI',
    provider: 'workers-ai',
    model: 'workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast',
    secret: ['authorization', 'Bearer sk-env-workers-ai'],
    reasoningModel: 'workers-ai/@cf/openai/gpt-oss-20b',
    reasoning: 'shown',
    fewestArgumentPieces: 6,
  },
  {
    format: 'Cohere',
    provider: 'cohere',
    model: 'cohere/command-a-03-2025',
    secret: ['authorization', 'Bearer sk-env-cohere'],
    reasoningModel: 'cohere/command-a-reasoning-08-2025',
    reasoning: 'shown',
    fewestArgumentPieces: 6,
  },
]

/** Five tokens of prompt each: the name, and four words of description. */
const getWeather: ToolSpec = {
  name: 'get_weather',
  description: 'Weather of a city',
  schema: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 3 } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
}
const getTime: ToolSpec = {
  name: 'get_time',
  description: 'Time in a zone',
  schema: {
    type: 'object',
    properties: { zone: { type: 'string', enum: ['Europe/Paris', 'Asia/Tokyo'] } },
    required: ['zone'],
    additionalProperties: false,
  },
}
const tools = [getWeather, getTime]

const person: NonNullable<Ask['schema']> = {
  type: 'object',
  properties: { name: { type: 'string' }, ok: { type: 'boolean' } },
  required: ['name', 'ok'],
  additionalProperties: false,
}

/** What reached the provider for this word: its own secret, and nothing of ours. */
async function expectOneSafeRequest(word: string, { provider, secret: [header, value] }: Upstream, count = 1) {
  const requests = await upstreamRequests(word)
  expect(requests.map((request) => request.provider)).toEqual(Array.from({ length: count }, () => provider))
  for (const { headers, search, body } of requests) {
    expect(headers[header]).toBe(value)
    expect(JSON.stringify([headers, search, body])).not.toContain(gatewayKey)
  }
}

const pairs = drivers.flatMap((driver) => upstreams.map((upstream) => ({ driver, upstream })))

describe.each(pairs)('$driver.sdk · $upstream.format upstream', ({ driver, upstream }) => {
  const { model } = upstream

  test('text', async () => {
    const word = uniqueWord()
    const told = await driver.ask({ model, text: `hello ${word}` })
    expect(told.text).toBe(`You said: hello ${word}`)
    expect(told.finish).toBe(driver.finish.stop)
    expect(told.usage).toMatchObject({ input: 2, output: 4 })
    await expectOneSafeRequest(word, upstream)
  })

  test('stream', async () => {
    const word = uniqueWord()
    const told = await driver.stream({ model, text: `hello ${word}` })
    expect(told.text).toBe(`You said: hello ${word}`)
    expect(told.pieces.text).toBe(4)
    expect(told.finish).toBe(driver.finish.stop)
    expect(told.usage).toMatchObject({ input: 2, output: 4 })
    await expectOneSafeRequest(word, upstream)
  })

  test('one tool call', async () => {
    const word = uniqueWord()
    const told = await driver.ask({ model, text: `call get_weather ${word}`, tools })
    expect(told.calls).toEqual([
      { id: expect.stringMatching(/^\S+$/), name: 'get_weather', input: { city: 'city', days: 3 } },
    ])
    expect(told.finish).toBe(driver.finish.tools)
    // 3 words and two tools of 5; the call is its name and one word of arguments.
    expect(told.usage).toMatchObject({ input: 13, output: 2 })
    await expectOneSafeRequest(word, upstream)
  })

  test('parallel tool calls', async () => {
    const word = uniqueWord()
    const told = await driver.ask({ model, text: `call get_weather and get_time ${word}`, tools })
    expect(told.calls.map(({ name, input }) => ({ name, input }))).toEqual([
      { name: 'get_weather', input: { city: 'city', days: 3 } },
      { name: 'get_time', input: { zone: 'Europe/Paris' } },
    ])
    expect(new Set(told.calls.map(({ id }) => id)).size).toBe(2)
    expect(told.finish).toBe(driver.finish.tools)
    expect(told.usage).toMatchObject({ input: 15, output: 4 })
  })

  test('streamed tool arguments', async () => {
    const word = uniqueWord()
    const told = await driver.stream({ model, text: `call get_weather and get_time ${word}`, tools })
    expect(told.calls.map(({ name, input }) => ({ name, input }))).toEqual([
      { name: 'get_weather', input: { city: 'city', days: 3 } },
      { name: 'get_time', input: { zone: 'Europe/Paris' } },
    ])
    expect(new Set(told.calls.map(({ id }) => id)).size).toBe(2)
    expect(told.finish).toBe(driver.finish.tools)
    expect(told.usage).toMatchObject({ input: 15, output: 4 })
    expect(told.pieces.toolArguments).toBeGreaterThanOrEqual(driver.hasWholeCalls ? 2 : upstream.fewestArgumentPieces)
  })

  test.each(['runTools', 'streamTools'] as const)('%s: the turn after the tool results', async (method) => {
    const word = uniqueWord()
    const asked: string[] = []
    const { first, last } = await driver[method](
      { model, text: `call get_weather and get_time ${word}`, tools },
      ({ name }) => {
        asked.push(name)
        return `${name} is fine`
      },
    )
    expect(asked).toEqual(['get_weather', 'get_time'])
    expect(first.finish).toBe(driver.finish.tools)
    expect(last.text).toMatch(/^The tool said: .*get_weather is fine.*; .*get_time is fine/)
    expect(last.finish).toBe(driver.finish.stop)
    await expectOneSafeRequest(word, upstream, 2)
  })

  test('structured output', async () => {
    const word = uniqueWord()
    const told = await driver.ask({ model, text: `a person ${word}`, schema: person })
    expect(JSON.parse(told.text)).toEqual({ name: 'name', ok: true })
    expect(told.finish).toBe(driver.finish.stop)
    await expectOneSafeRequest(word, upstream)
  })

  test('streamed structured output', async () => {
    const word = uniqueWord()
    const told = await driver.stream({ model, text: `a person ${word}`, schema: person })
    expect(JSON.parse(told.text)).toEqual({ name: 'name', ok: true })
    expect(told.finish).toBe(driver.finish.stop)
  })

  test('image', async () => {
    const word = uniqueWord()
    const told = await driver.ask({ model, text: `look ${word}`, image: pngDataUrl })
    expect(told.text).toBe(`You said: look ${word} (1 image: image/png)`)
    expect(told.usage).toMatchObject({ input: 2 + 85, output: 7 })
    await expectOneSafeRequest(word, upstream)
  })

  test('a rate limit of the provider', async () => {
    const word = uniqueWord()
    const failed = await driver.fail({ model: `${model}-fault-status-429-7`, text: `hello ${word}` })
    const retryAfter = driver.losesHeaders ? undefined : '7'
    expect(failed).toMatchObject({ errorClass: driver.errors[429], status: 429, retryAfter })
    await expectOneSafeRequest(word, upstream)
  })

  test('a model that the provider does not have', async () => {
    const failed = await driver.fail({ model: `${model}-fault-model-not-found`, text: `hello ${uniqueWord()}` })
    expect(failed).toMatchObject({
      errorClass: driver.errors[404],
      status: driver.statusOfMissing?.[upstream.format] ?? 404,
    })
    expect(failed.message).toContain(upstream.model.split('/').at(-1))
  })
})

const isShown = ({ driver, upstream }: (typeof pairs)[number]): boolean =>
  upstream.reasoning === 'shown' || driver.asksForSummary === true
const shown = pairs.filter(isShown)

describe.each(shown)('$driver.sdk · $upstream.format upstream', ({ driver, upstream }) => {
  test.each(['ask', 'stream'] as const)('reasoning, %s', async (method) => {
    const word = uniqueWord()
    const told = await driver[method]({ model: upstream.reasoningModel, text: `think ${word}`, reasoning: true })
    expect(told.text).toBe(`You said: think ${word}`)
    expect(told.reasoning).toBe(driver.showsReasoning(upstream.format) ? `Thinking about: think ${word}` : '')
    expect(told.finish).toBe(driver.finish.stop)
    const reasoning = driver.countsAllOutputAsOne ? undefined : 4
    expect(told.usage).toEqual({ input: 2, output: 8, reasoning })
    await expectOneSafeRequest(word, upstream)
  })
})

const hidden = pairs.filter((pair) => !isShown(pair))

describe.each(hidden)('$driver.sdk · $upstream.format upstream', ({ driver, upstream }) => {
  test.each(['ask', 'stream'] as const)('reasoning that only usage shows, %s', async (method) => {
    const word = uniqueWord()
    const told = await driver[method]({ model: upstream.reasoningModel, text: `think ${word}`, reasoning: true })
    expect(told.text).toBe(`You said: think ${word}`)
    expect(told.reasoning).toBe('')
    expect(told.finish).toBe(driver.finish.stop)
    const { input, output = 0 } = told.usage
    const reasoning = driver.countsAllOutputAsOne ? output - 4 : (told.usage.reasoning ?? 0)
    // Low effort is 16 tokens, high effort 256.
    expect(reasoning).toBeGreaterThanOrEqual(16)
    expect([input, output]).toEqual([2, reasoning + 4])
    await expectOneSafeRequest(word, upstream)
  })
})

describe.each(drivers)('$sdk', (driver) => {
  const model = 'openai/gpt-4o-mini'

  test('a key that is not of this gateway', async () => {
    const word = uniqueWord()
    const failed = await driver.fail({ model, text: word }, `gw_${'A'.repeat(43)}`)
    expect(failed).toMatchObject({ errorClass: driver.errors[401], status: 401 })
    expect(failed.message).toContain('Unknown gateway key')
    expect(await upstreamRequests(word)).toEqual([])
  })

  test('a model of an unknown provider', async () => {
    const failed = await driver.fail({ model: 'no-such-model', text: 'hello' })
    expect(failed).toMatchObject({ errorClass: driver.errors[404], status: 404 })
    expect(failed.message).toContain('no-such-model')
  })
})
