import { customProvider, generateText, wrapLanguageModel } from 'ai'
import { expect, test, vi } from 'vitest'
import { createAmazonBedrock as createPlainBedrock } from '@ai-sdk/amazon-bedrock'
import { createOpenAI as createOpenAI6 } from '@ai-sdk-6/openai'
import { createOpenAI as createPlainOpenAI } from '@ai-sdk/openai'
import { createFakeGateway } from './__fixtures__/fake-gateway.ts'
import { createAiGateway, gatewayAwareFetch } from './index.ts'
import { createAmazonBedrock } from './providers/amazon-bedrock.ts'
import { createAzure } from './providers/azure.ts'
import { createVertex } from './providers/google-vertex.ts'
import { createOpenAI } from './providers/openai.ts'

function setUp() {
  const fake = createFakeGateway()
  return { fake, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch }) }
}

const ask = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }] }

test('a caller’s config stays as it is, and may be frozen', () => {
  const config = Object.freeze({ organization: 'org' })
  createOpenAI(config)
  expect(config).toEqual({ organization: 'org' })
})

test('a caller’s own key goes into the entry', async () => {
  const { fake, gateway } = setUp()
  await generateText({ model: gateway(createOpenAI({ apiKey: 'sk-own' })('gpt-5')), prompt: 'hi' })
  expect(fake.entries()[0]?.headers['authorization']).toBe('Bearer sk-own')
})

test('Bedrock’s own key, which its fetch adds, goes into the entry', async () => {
  const { fake, gateway } = setUp()
  const bedrock = createAmazonBedrock({ region: 'eu-west-1', apiKey: 'aws-key' })
  await generateText({ model: gateway(bedrock('claude')), prompt: 'hi' })
  expect(fake.entries()[0]?.headers['authorization']).toBe('Bearer aws-key')
})

test('Bedrock’s signature is of the very body that is sent', async () => {
  const { fake, gateway } = setUp()
  const bedrock = createAmazonBedrock({
    region: 'eu-west-1',
    accessKeyId: 'AKIA',
    secretAccessKey: 'secret',
    sessionToken: 's',
  })
  const { text } = await generateText({ model: gateway(bedrock('claude')), prompt: 'hi' })
  expect(text).toBe('Hello')
  const headers = fake.entries()[0]?.headers ?? {}
  expect(headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-west-1\/bedrock\/aws4_request/)
  expect(headers['x-amz-security-token']).toBe('s')
  expect(JSON.stringify(fake.sent)).not.toContain('"secret"')
})

test('Azure’s token, which its fetch adds, goes into the entry', async () => {
  const { fake, gateway } = setUp()
  const azure = createAzure({ resourceName: 'res', tokenProvider: async () => 'entra' })
  await generateText({ model: gateway(azure('dep')), prompt: 'hi' })
  expect(fake.entries()[0]?.headers['authorization']).toBe('Bearer entra')
})

test('Vertex’s own key, which its fetch adds, goes into the entry', async () => {
  const { fake, gateway } = setUp()
  await generateText({ model: gateway(createVertex({ apiKey: 'express' })('gemini')), prompt: 'hi' })
  expect(fake.entries()[0]).toMatchObject({
    provider: 'google-vertex-ai',
    endpoint: 'v1/publishers/google/models/gemini:generateContent',
    headers: { 'x-goog-api-key': 'express' },
  })
})

test.each(['us-central1', 'eu', 'global'])(
  'Vertex without credentials is asked for the project at %s',
  async (location) => {
    const { fake, gateway } = setUp()
    vi.stubEnv('GOOGLE_VERTEX_LOCATION', location)
    const { text } = await generateText({ model: gateway(createVertex({ project: 'p' })('gemini')), prompt: 'hi' })
    vi.unstubAllEnvs()
    expect(text).toBe('Hello')
    expect(fake.entries()[0]).toMatchObject({
      provider: 'google-vertex-ai',
      endpoint: `v1beta1/projects/p/locations/${location}/publishers/google/models/gemini:generateContent`,
    })
  },
)

test('Vertex without a project says so', () => {
  expect(() => createVertex({ location: 'eu' })('gemini')).toThrow(/project/i)
})

test('the models of the wrappers still work without a gateway, with the caller’s fetch', async () => {
  const fake = createFakeGateway()
  const fetch = vi.fn<typeof globalThis.fetch>(async () =>
    Response.json({ error: { message: 'here' } }, { status: 400 }),
  )
  await expect(generateText({ model: createOpenAI({ fetch })('gpt-5'), prompt: 'hi' })).rejects.toThrow('here')
  expect(fetch).toHaveBeenCalledOnce()
  expect(fake.sent).toEqual([])
})

test('a wrapped model of the wrappers shows the gateway its request', async () => {
  const { fake, gateway } = setUp()
  const model = wrapLanguageModel({
    model: createOpenAI()('gpt-4o'),
    middleware: {
      specificationVersion: 'v4',
      transformParams: async ({ params }) => ({ ...params, temperature: 0.5 }),
    },
  })
  const { text } = await generateText({ model: gateway(model), prompt: 'hi' })
  expect(text).toBe('Hello')
  expect(fake.entries()[0]).toMatchObject({ provider: 'openai', endpoint: 'v1/responses', query: { temperature: 0.5 } })
})

test('so does one whose provider was given an aware fetch', async () => {
  const { fake, gateway } = setUp()
  const openai = createPlainOpenAI({ apiKey: 'sk', fetch: gatewayAwareFetch() })
  const model = wrapLanguageModel({ model: openai('gpt-5'), middleware: { specificationVersion: 'v4' } })
  await generateText({ model: gateway(model), prompt: 'hi' })
  expect(fake.entries()).toHaveLength(1)
})

test('a model that hides its requests fails, and nothing is sent to its provider', async () => {
  const { fake, gateway } = setUp()
  const reached = vi.fn<() => void>()
  const fetch: typeof globalThis.fetch = async (_, init) => {
    init?.signal?.throwIfAborted()
    reached()
    return Response.json({})
  }
  const openai = createPlainOpenAI({ apiKey: 'sk', fetch })
  const model = wrapLanguageModel({ model: openai('gpt-5'), middleware: { specificationVersion: 'v4' } })
  await expect(gateway(model).doGenerate(ask)).rejects.toMatchObject({
    name: 'GatewayError',
    code: 'unsupported',
    message: expect.stringContaining('gatewayAwareFetch'),
  })
  expect(reached).not.toHaveBeenCalled()
  expect(fake.sent).toEqual([])
})

test('nor is it of one that the AI SDK adapts to another version', async () => {
  const { fake, gateway } = setUp()
  const reached = vi.fn<() => void>()
  const fetch: typeof globalThis.fetch = async (_, init) => {
    init?.signal?.throwIfAborted()
    reached()
    return Response.json({})
  }
  const adapted = (openai: ReturnType<typeof createOpenAI6>) =>
    customProvider({ languageModels: { old: openai('gpt-5') } }).languageModel('old')
  await expect(gateway(adapted(createOpenAI6({ apiKey: 'sk', fetch }))).doGenerate(ask)).rejects.toThrow(
    'Nothing was sent',
  )
  expect(reached).not.toHaveBeenCalled()
  expect(fake.sent).toEqual([])

  const aware = createOpenAI6({ apiKey: 'sk', fetch: gatewayAwareFetch() })
  expect((await generateText({ model: gateway(adapted(aware)), prompt: 'hi' })).text).toBe('Hello')
  expect(fake.entries()).toHaveLength(1)
})

test('nor is it of one whose functions are its own', async () => {
  const { gateway } = setUp()
  const reached = vi.fn<() => void>()
  const fetch: typeof globalThis.fetch = async (_, init) => {
    init?.signal?.throwIfAborted()
    reached()
    return Response.json({})
  }
  const model = createPlainOpenAI({ apiKey: 'sk', fetch })('gpt-5')
  const bound = Object.assign(Object.create(model), {
    doGenerate: (options: Parameters<typeof model.doGenerate>[0]) => model.doGenerate(options),
  })
  await expect(gateway(bound).doGenerate(ask)).rejects.toThrow('Nothing was sent')
  expect(reached).not.toHaveBeenCalled()
})

test('a file that a model fetches first is fetched from where it lies', async () => {
  const { fake, gateway } = setUp()
  const download = vi.fn<typeof globalThis.fetch>(async () => new Response('file'))
  vi.stubGlobal('fetch', download)
  const model = createPlainOpenAI({ apiKey: 'sk' })('gpt-5')
  const prototype: unknown = Object.create(Object.getPrototypeOf(model), {
    doGenerate: {
      async value(this: typeof model, options: Parameters<typeof model.doGenerate>[0]) {
        const { fetch } = Reflect.get(this, 'config')
        await fetch('https://files.test/a.png', { headers: { authorization: 'Bearer sk' } })
        return Reflect.apply(model.doGenerate, this, [options])
      },
    },
  })
  const eager: typeof model = Object.create(Object(prototype), Object.getOwnPropertyDescriptors(model))
  await gateway(eager).doGenerate(ask)
  vi.unstubAllGlobals()
  const [url, init] = download.mock.calls[0] ?? []
  expect(url).toBe('https://files.test/a.png')
  expect(new Headers(init?.headers).has('authorization')).toBe(false)
  expect(fake.entries()).toHaveLength(1)
})

test('a model that answers without a request fails too', async () => {
  const { fake, gateway } = setUp()
  const model = createPlainOpenAI({ apiKey: 'sk' })('gpt-5')
  const silent = Object.assign(Object.create(model), { doGenerate: async () => ({ content: [] }) })
  await expect(gateway(silent).doGenerate(ask)).rejects.toThrow("can't see the requests of openai.responses gpt-5")
  expect(fake.sent).toEqual([])
})

test('a fetch of the caller’s own is not called, and the result says so', async () => {
  const { gateway } = setUp()
  const fetch = vi.fn<typeof globalThis.fetch>()
  const openai = createPlainOpenAI({ apiKey: 'sk', fetch })
  const { warnings } = await generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
  expect(fetch).not.toHaveBeenCalled()
  expect(warnings).toEqual([{ type: 'other', message: expect.stringContaining('createAiGateway') }])
})

test('so it is with the fetch by which a provider adds its key, where it is not one of the wrappers', async () => {
  const { fake, gateway } = setUp()
  const bedrock = createPlainBedrock({ region: 'eu-west-1', apiKey: 'aws-key' })
  const { warnings } = await generateText({ model: gateway(bedrock('claude')), prompt: 'hi' })
  expect(JSON.stringify(fake.sent)).not.toContain('aws-key')
  expect(warnings).toHaveLength(1)
})
