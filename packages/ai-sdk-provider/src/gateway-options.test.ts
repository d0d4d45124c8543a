import { createOpenAI } from '@ai-sdk/openai'
import { headerNames } from '@gw/headers'
import { embed, generateText } from 'ai'
import { describe, expect, test } from 'vitest'
import { createFakeGateway } from './__fixtures__/fake-gateway.ts'
import { createAiGateway, parseAiGatewayOptions, type AiGatewayOptions } from './index.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })

/** A value for every option, and the header text that it becomes. A header that `@gw/headers` gains must come here. */
const values: Required<{
  [F in keyof Omit<AiGatewayOptions, 'retries'>]: [NonNullable<AiGatewayOptions[F]>, string]
}> = {
  gatewayId: ['gw-2', 'gw-2'],
  metadata: [{ user: 7n, plan: 'pro' }, '{"user":"7","plan":"pro"}'],
  cacheTtl: [3600, '3600'],
  skipCache: [true, 'true'],
  cacheKey: ['k', 'k'],
  collectLog: [false, 'false'],
  collectLogPayload: [false, 'false'],
  eventId: ['e', 'e'],
  requestTimeoutMs: [5000, '5000'],
  customCost: [{ totalCost: 0.01 }, '{"total_cost":0.01}'],
  byokAlias: ['alias', 'alias'],
  zdr: [true, 'true'],
  noWholesale: [true, 'true'],
  otelTraceId: ['0'.repeat(32), '0'.repeat(32)],
  otelParentSpanId: ['0'.repeat(16), '0'.repeat(16)],
  sessionId: ['s', 's'],
  turnId: ['t', 't'],
  noSessionAffinity: [true, 'true'],
  allowedModels: [['a', 'b'], 'a,b'],
  allowedProviders: [['openai'], 'openai'],
  sessionAffinity: ['prefix', 'prefix'],
  constraints: [{ max_price: 1 }, '{"max_price":1}'],
  freeFallback: [false, 'off'],
  explain: [true, 'true'],
  continueStream: [true, 'true'],
  resumable: [true, 'true'],
}

const retries = [
  ['maxAttempts', 3, '3'],
  ['retryDelayMs', 250, '250'],
  ['backoff', 'linear', 'linear'],
] as const

const cases = [
  ...Object.entries(values).map(([name, [value, text]]) => [name, { [name]: value }, text] as const),
  ...retries.map(([name, value, text]) => [name, { retries: { [name]: value } }, text] as const),
]

const nameOf = (option: string): string => new Map<string, string>(Object.entries(headerNames)).get(option) ?? 'unknown'

describe.each(cases)('%s', (name, options, text) => {
  const header = nameOf(name)

  test('is a header by itself', () => {
    expect(parseAiGatewayOptions(options).get(header)).toBe(text)
  })

  test('reaches the gateway over HTTP from provider, model and call', async () => {
    const fake = createFakeGateway()
    const settings = { accountId: 'acc', gateway: 'gw', fetch: fake.fetch }
    await generateText({ model: createAiGateway({ ...settings, options })(openai('m')), prompt: 'hi' })
    await generateText({ model: createAiGateway(settings)(openai('m'), options), prompt: 'hi' })
    expect(fake.sent.map(({ headers }) => headers[header])).toEqual([text, text])
  })

  test('reaches the gateway over a binding, in each entry', async () => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({ binding: fake.binding, options })
    await generateText({ model: gateway([openai('a'), openai('b')]), prompt: 'hi' })
    expect(fake.entries().map(({ headers }) => headers[header])).toEqual([text, text])
  })
})

describe('one rule in both modes: the call wins over the model, and the model over the provider', () => {
  const modes = [
    ['HTTP', (fake: ReturnType<typeof createFakeGateway>) => ({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch })],
    ['binding', (fake: ReturnType<typeof createFakeGateway>) => ({ binding: fake.binding })],
  ] as const

  test.each(modes)('%s', async (_, settingsOf) => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({
      ...settingsOf(fake),
      options: { cacheTtl: 60, cacheKey: 'provider', eventId: 'provider', metadata: { app: 'x', user: 0 } },
    })
    const model = gateway(openai('m'), { cacheKey: 'model', eventId: 'model' })
    const providerOptions = { gateway: { eventId: 'call', metadata: { user: 7 } }, openai: { store: false } }
    await generateText({ model, prompt: 'hi', providerOptions })
    const [sent] = fake.sent
    expect({ ...sent?.headers, ...sent?.entries[0]?.headers }).toMatchObject({
      'cf-aig-cache-ttl': '60',
      'cf-aig-cache-key': 'model',
      'cf-aig-event-id': 'call',
      'cf-aig-metadata': '{"app":"x","user":7}',
    })
    expect(sent?.entries[0]?.query).toMatchObject({ store: false })
    expect(JSON.stringify(sent?.entries[0]?.query)).not.toContain('eventId')
  })

  test.each(modes)('a header of the call itself wins over options: %s', async (_, settingsOf) => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({ ...settingsOf(fake), options: { cacheTtl: 60 } })
    await generateText({ model: gateway(openai('m')), prompt: 'hi', headers: { 'cf-aig-cache-ttl': '90' } })
    expect(fake.entries()[0]?.headers['cf-aig-cache-ttl']).toBe('90')
  })

  test.each(modes)('every kind of model follows it: %s', async (_, settingsOf) => {
    const fake = createFakeGateway()
    const gateway = createAiGateway(settingsOf(fake))
    await embed({
      model: gateway.embeddingModel(openai.embeddingModel('e'), { eventId: 'model' }),
      value: 'x',
      providerOptions: { gateway: { cacheTtl: 60 } },
    })
    const [sent] = fake.sent
    const headers = { ...sent?.headers, ...sent?.entries[0]?.headers }
    expect(headers).toMatchObject({ 'cf-aig-event-id': 'model', 'cf-aig-cache-ttl': '60' })
  })
})

test('what is false or not set is sent as the published client sends it', () => {
  expect([...parseAiGatewayOptions({})]).toEqual([])
  expect([...parseAiGatewayOptions({ skipCache: false })]).toEqual([])
  expect([...parseAiGatewayOptions({ collectLog: false, zdr: false })]).toEqual([
    ['cf-aig-collect-log', 'false'],
    ['cf-aig-zdr', 'false'],
  ])
})

test('a call can take back a provider’s skipCache', async () => {
  const fake = createFakeGateway()
  const gateway = createAiGateway({ baseURL: 'http://gw/v1', fetch: fake.fetch, options: { skipCache: true } })
  await generateText({ model: gateway(openai('m')), prompt: 'hi', providerOptions: { gateway: { skipCache: false } } })
  expect(fake.sent[0]?.headers['cf-aig-skip-cache']).toBeUndefined()
})

describe('an option past its limit is an error at once', () => {
  const bad = { cacheTtl: -5 }
  const error = {
    name: 'GatewayError',
    code: 'invalid_header',
    message: expect.stringMatching(/cacheTtl.*60 to 2592000/),
  }

  test('for the provider', () => {
    expect(() => createAiGateway({ accountId: 'acc', gateway: 'gw', options: bad })).toThrow(
      expect.objectContaining(error),
    )
  })

  test('for a model', () => {
    const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw' })
    expect(() => gateway(openai('m'), bad)).toThrow(expect.objectContaining(error))
    expect(() => gateway.embeddingModel('openai/e', bad)).toThrow(expect.objectContaining(error))
  })

  test('for a call, and nothing is sent', async () => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch })
    const call = generateText({ model: gateway(openai('m')), prompt: 'hi', providerOptions: { gateway: bad } })
    await expect(call).rejects.toMatchObject(error)
    expect(fake.sent).toEqual([])
  })

  test.each([
    [{ cacheTTL: 60 }, 'cacheTTL'],
    [{ authorization: 'mine' }, 'authorization'],
    [{ retries: { attempts: 3 } }, 'attempts'],
    [{ retries: 3 }, 'retries must be an object'],
    [{ order: ['openai'] }, 'order'],
  ])('%o is not known, for provider, model or call', async (options, name) => {
    const unknown = expect.objectContaining({ code: 'invalid_header', message: expect.stringContaining(name) })
    const fake = createFakeGateway()
    const settings = { accountId: 'acc', gateway: 'gw', fetch: fake.fetch }
    const untyped: object = options
    expect(() => createAiGateway({ ...settings, options: untyped })).toThrow(unknown)
    const gateway = createAiGateway(settings)
    expect(() => gateway(openai('m'), untyped)).toThrow(unknown)
    const call = generateText({ model: gateway(openai('m')), prompt: 'hi', providerOptions: { gateway: options } })
    await expect(call).rejects.toEqual(unknown)
    expect(fake.sent).toEqual([])
  })

  test.each([
    [{ metadata: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 } }, 'metadata'],
    [{ metadata: { 'cf.user': 1 } }, 'metadata'],
    [{ eventId: '' }, 'eventId'],
    [{ requestTimeoutMs: 0 }, 'requestTimeoutMs'],
  ])('%o names %s', (options, field) => {
    expect(() => parseAiGatewayOptions(options)).toThrow(field)
  })
})
