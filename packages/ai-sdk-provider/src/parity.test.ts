import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import * as published from 'ai-gateway-provider'
import { createOpenAI as createPublishedOpenAI } from 'ai-gateway-provider/providers/openai'
import { createDeepSeek as createPublishedDeepSeek } from 'ai-gateway-provider/providers/deepseek'
import { createUnified as createPublishedUnified } from 'ai-gateway-provider/providers/unified'
import { generateText, streamText } from 'ai'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createFakeGateway } from './__fixtures__/fake-gateway.ts'
import * as ours from './index.ts'
import { CF_TEMP_TOKEN, providers } from './internal.ts'
import { createDeepSeek } from './providers/deepseek.ts'
import { createOpenAI as createOurOpenAI } from './providers/openai.ts'
import { createUnified } from './providers/unified.ts'

const openai = () => createOpenAI({ apiKey: 'sk-openai' })
const anthropic = () => createAnthropic({ apiKey: 'sk-anthropic' })
const google = () => createGoogleGenerativeAI({ apiKey: 'AIza' })

const options = {
  cacheKey: 'k',
  cacheTtl: 3600,
  skipCache: true,
  metadata: { user: 7, plan: 'pro', big: 12n, none: null },
  collectLog: false,
  eventId: 'e',
  requestTimeoutMs: 5000,
  retries: { maxAttempts: 3, retryDelayMs: 100, backoff: 'linear' },
  byokAlias: 'alias',
  zdr: true,
} as const

afterEach(() => {
  vi.unstubAllGlobals()
})

/** The same lists of models for both packages; each makes its own, since the published one changes them. */
const lists = {
  'one model': () => [openai()('gpt-5')],
  'several models': () => [openai()('gpt-5'), openai().chat('gpt-4o'), anthropic()('claude'), google()('gemini')],
}

type List = (typeof lists)[keyof typeof lists]

describe.each<[string, List, List]>([
  ...Object.entries(lists).map(([name, list]): [string, List, List] => [name, list, list]),
  ['a model without a key', () => [createPublishedOpenAI()('gpt-5')], () => [createOurOpenAI()('gpt-5')]],
  ['DeepSeek without a key', () => [createPublishedDeepSeek()('d')], () => [createDeepSeek()('d')]],
  ['the unified endpoint', () => [createPublishedUnified()('dynamic/x')], () => [createUnified()('dynamic/x')]],
])('%s', (_, publishedModels, ourModels) => {
  test('is the same request over HTTP', async () => {
    const settings = { accountId: 'acc', gateway: 'gw', apiKey: 'gw-key', options }
    const theirs = createFakeGateway()
    vi.stubGlobal('fetch', theirs.fetch)
    await generateText({ model: published.createAiGateway(settings)(publishedModels()), prompt: 'hi' })
    vi.unstubAllGlobals()

    const fake = createFakeGateway()
    const gateway = ours.createAiGateway({ ...settings, fetch: fake.fetch })
    await generateText({ model: gateway(ourModels()), prompt: 'hi' })
    expect(fake.sent.map(comparable)).toEqual(theirs.sent.map(comparable))
  })

  test('is the same request over a binding', async () => {
    const theirs = createFakeGateway()
    const fake = createFakeGateway()
    await generateText({
      model: published.createAiGateway({ binding: theirs.binding, options })(publishedModels()),
      prompt: 'hi',
    })
    await generateText({ model: ours.createAiGateway({ binding: fake.binding, options })(ourModels()), prompt: 'hi' })
    expect(fake.sent.map(comparable)).toEqual(theirs.sent.map(comparable))
  })
})

function comparable({ url, method, headers, entries }: ReturnType<typeof createFakeGateway>['sent'][number]) {
  return { url, method, headers, entries }
}

test('a stream is the same request', async () => {
  const settings = { accountId: 'acc', gateway: 'gw', apiKey: 'gw-key' }
  const theirs = createFakeGateway()
  vi.stubGlobal('fetch', theirs.fetch)
  await streamText({ model: published.createAiGateway(settings)(openai().chat('gpt-5')), prompt: 'hi' }).text
  vi.unstubAllGlobals()
  const fake = createFakeGateway()
  await streamText({
    model: ours.createAiGateway({ ...settings, fetch: fake.fetch })(openai().chat('gpt-5')),
    prompt: 'hi',
  }).text
  expect(fake.sent.map(comparable)).toEqual(theirs.sent.map(comparable))
})

test('every public name is here', () => {
  expect(Object.keys(ours)).toEqual(expect.arrayContaining(Object.keys(published)))
})

test('options become the same headers', () => {
  expect(Object.fromEntries(ours.parseAiGatewayOptions(options))).toEqual(
    Object.fromEntries(published.parseAiGatewayOptions(options)),
  )
})

describe('what the published client gets wrong', () => {
  test('it sends `Bearer undefined` without a key; nothing is sent here', async () => {
    const theirs = createFakeGateway()
    vi.stubGlobal('fetch', theirs.fetch)
    const settings = { accountId: 'acc', gateway: 'gw' }
    await generateText({ model: published.createAiGateway(settings)(openai()('gpt-5')), prompt: 'hi' })
    vi.unstubAllGlobals()
    expect(theirs.sent[0]?.headers['cf-aig-authorization']).toBe('Bearer undefined')

    const fake = createFakeGateway()
    await generateText({
      model: ours.createAiGateway({ ...settings, fetch: fake.fetch })(openai()('gpt-5')),
      prompt: 'hi',
    })
    expect(fake.sent[0]?.headers['cf-aig-authorization']).toBeUndefined()
  })

  test('it has no embeddings; they work here', () => {
    expect('embeddingModel' in published.createAiGateway({ accountId: 'acc', gateway: 'gw' })).toBe(false)
  })
})

test('the table of provider URLs is the registry’s and the unified endpoint', () => {
  const byName = new Map(providers.map((provider) => [provider.name, provider]))
  expect(byName.get('openai')?.transformEndpoint('https://api.openai.com/v1/responses')).toBe('v1/responses')
  expect(byName.get('anthropic')).toMatchObject({ headerKey: 'x-api-key' })
  expect(byName.get('openai')).not.toHaveProperty('headerKey')
  expect(
    byName
      .get('azure-openai')
      ?.transformEndpoint('https://r.openai.azure.com/openai/deployments/d/chat/completions?v=1'),
  ).toBe('r/d/chat/completions?v=1')
  expect(providers.at(-1)).toMatchObject({ name: 'compat' })
  expect(providers.at(-1)?.transformEndpoint('https://gateway.ai.cloudflare.com/v1/compat/chat/completions')).toBe(
    'chat/completions',
  )
  expect(CF_TEMP_TOKEN).toBe('CF_TEMP_TOKEN')
})
