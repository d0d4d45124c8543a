import {
  createProviderRegistry,
  customProvider,
  embed,
  experimental_transcribe,
  generateImage,
  generateText,
  rerank,
  streamText,
} from 'ai'
import { describe, expect, test } from 'vitest'
import { brokenBody, chatAnswer, chatEvents, createFakeAi, streamAnswer } from './__fixtures__/fake-ai.ts'
import { createFakeFetch } from './__fixtures__/fake-fetch.ts'
import { createWorkersAI, type WorkersAISettings } from './create-workers-ai.ts'
import type { DispatchInfo } from './delegate/delegate-options.ts'
import { openai } from './openai.ts'

const llama = '@cf/meta/llama-3.1-8b-instruct-fp8'

describe('the configuration', () => {
  test.each([{}, { accountId: 'a' }, { apiKey: 'k' }, { accountId: '', apiKey: 'k' }, { baseURL: '' }, { foo: 1 }])(
    '%j is refused at once, with what is needed',
    (options) => {
      const make = () => createWorkersAI(options as unknown as WorkersAISettings)
      expect(make).toThrow(/^Invalid Workers AI configuration: you must provide either a binding/)
      expect(make).toThrow(/credentials/)
    },
  )

  test('a binding is used as it is', async () => {
    const { ai, calls } = createFakeAi({ run: () => ({ response: 'fine' }) })
    const workersai = createWorkersAI({ binding: ai })
    expect((await generateText({ model: workersai(llama), prompt: 'hi' })).text).toBe('fine')
    expect(calls.runs[0]).toMatchObject({ model: llama, inputs: { messages: [{ role: 'user', content: 'hi' }] } })
  })

  test('credentials reach Cloudflare’s API', async () => {
    const { fetch, sent } = createFakeFetch(Response.json({ result: { response: 'fine' }, success: true }))
    const workersai = createWorkersAI({
      accountId: 'acct',
      apiKey: async () => 'cf-token',
      fetch,
      gateway: { id: 'gw' },
    })
    expect((await generateText({ model: workersai(llama), prompt: 'hi' })).text).toBe('fine')
    expect(sent[0]).toMatchObject({
      url: `https://gateway.ai.cloudflare.com/v1/acct/gw/workers-ai/run/${llama}`,
      headers: { authorization: 'Bearer cf-token' },
    })
  })

  test('an address reaches a gateway of one’s own', async () => {
    const { fetch, sent } = createFakeFetch(Response.json({ response: 'fine' }))
    const workersai = createWorkersAI({ baseURL: 'https://gw.example', apiKey: 'gw_key', fetch })
    expect((await generateText({ model: workersai(llama), prompt: 'hi' })).text).toBe('fine')
    expect(sent[0]).toMatchObject({
      url: 'https://gw.example/run?version=3',
      headers: { 'cf-aig-authorization': 'Bearer gw_key' },
    })
  })
})

describe('an id', () => {
  const { ai } = createFakeAi()
  const workersai = createWorkersAI({ binding: ai, providers: [openai] })

  test.each([
    [llama, 'workersai.chat', llama],
    [`workers-ai/${llama}`, 'workersai.chat', llama],
    ['llama', 'workersai.chat', 'llama'],
    ['dynamic/support', 'openai.chat', 'dynamic/support'],
    ['openai/gpt-5-mini', 'openai.chat', 'gpt-5-mini'],
    ['openrouter/anthropic/claude', 'openai.chat', 'anthropic/claude'],
  ])('%s makes a model of %s', (id, provider, modelId) => {
    for (const make of [workersai, workersai.chat, workersai.languageModel]) {
      expect(make(id)).toMatchObject({ specificationVersion: 'v4', provider, modelId })
    }
  })

  test('of another vendor is a plain run without plugins', async () => {
    const { ai, calls } = createFakeAi()
    const model = createWorkersAI({ binding: ai })('deepseek/deepseek-v4-pro', {
      metadata: { a: 1 },
      cacheTtl: 60,
      zdr: true,
    })
    expect(model.provider).toBe('workersai.chat')
    expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
    expect(calls.runs[0]?.options).toEqual({
      gateway: { id: 'default', metadata: { a: 1 }, cacheTtl: 60 },
      extraHeaders: { 'cf-aig-zdr': 'true', 'user-agent': expect.any(String) },
      returnRawResponse: true,
    })
  })

  test('is no argument of new', () => {
    const Constructor: unknown = workersai
    expect(() => Reflect.construct(Constructor as new () => unknown, [llama])).toThrow(/without `new`/)
  })
})

describe('a dynamic route', () => {
  test('is a run in OpenAI’s format, with the call’s options', async () => {
    const seen: DispatchInfo[] = []
    const { ai, calls } = createFakeAi({ run: () => chatAnswer('fine', { 'cf-aig-log-id': 'l' }) })
    const workersai = createWorkersAI({ binding: ai, gateway: { id: 'gw', metadata: { a: 1 } }, providers: [openai] })
    const model = workersai('dynamic/support', {
      metadata: { b: 2 },
      skipCache: true,
      byokAlias: 'team',
      onDispatch: (info: DispatchInfo) => void seen.push(info),
    })
    const { text, providerMetadata } = await generateText({ model, prompt: 'hi' })
    expect([text, providerMetadata?.['gateway']]).toEqual(['fine', { logId: 'l' }])
    expect(calls.runs[0]).toMatchObject({
      model: 'dynamic/support',
      options: {
        gateway: { id: 'gw', metadata: { a: 1, b: 2 }, skipCache: true },
        extraHeaders: { 'cf-aig-byok-alias': 'team' },
      },
    })
    expect(seen).toMatchObject([{ transport: 'run', resumeEnabled: false, logId: 'l' }])
  })

  test('without plugins is read by the built-in reader, and tells of its dispatch', async () => {
    const seen: DispatchInfo[] = []
    const { ai } = createFakeAi({ run: () => chatAnswer('fine', { 'cf-aig-log-id': 'l' }) })
    const onDispatch = (info: DispatchInfo): void => void seen.push(info)
    const model = createWorkersAI({ binding: ai })('dynamic/support', { onDispatch })
    expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
    expect(seen).toMatchObject([{ transport: 'run', logId: 'l', status: 200 }])
  })

  test('with plugins needs the one for OpenAI', () => {
    const { ai } = createFakeAi()
    const workersai = createWorkersAI({ binding: ai, providers: [{ wireFormat: 'google', create: openai.create }] })
    expect(() => workersai('dynamic/support')).toThrow(/add the openai plugin/)
  })

  test.each([
    { fallback: { mode: 'client' as const, models: [] } },
    { transport: 'gateway' as const },
    { byok: true },
    { resume: true },
    { onProgress: () => {} },
    { onResumeExpired: 'error' as const },
  ])('has its own fallbacks and no resume: %o', (options) => {
    const { ai } = createFakeAi()
    for (const providers of [[], [openai]]) {
      expect(() => createWorkersAI({ binding: ai, providers })('dynamic/support', options)).toThrow(/dynamic route/)
    }
  })

  test('can be resumed over a gateway that resumes everything', async () => {
    const events = chatEvents('one ', 'two')
    const { ai } = createFakeAi({
      run: () => streamAnswer(brokenBody(events[0] ?? ''), { 'cf-aig-run-id': 'r' }),
      fetch: () => streamAnswer(events.slice(1).join('')),
    })
    const workersai = createWorkersAI({ binding: { ...ai, capabilities: ['resume'] }, providers: [openai] })
    expect(await streamText({ model: workersai('dynamic/support', { resume: true }), prompt: 'hi' }).text).toBe(
      'one two',
    )
  })
})

describe('the provider', () => {
  const everything = { response: 'fine', data: [[1, 2]], shape: [1, 2], image: btoa('\u0089PNG'), text: 'said' }
  const { ai, calls } = createFakeAi({ run: () => everything })
  const workersai = createWorkersAI({ binding: ai, gateway: { id: 'gw' } })

  test('is one of the AI SDK, for registries and custom providers', async () => {
    const registry = createProviderRegistry({ workersai })
    const { text } = await generateText({ model: registry.languageModel(`workersai:${llama}`), prompt: 'hi' })
    expect(text).toBe('fine')
    const { embedding } = await embed({ model: registry.embeddingModel('workersai:@cf/baai/bge-m3'), value: 'x' })
    expect(embedding).toEqual([1, 2])
    const custom = customProvider({ languageModels: { small: workersai(llama) }, fallbackProvider: workersai })
    expect(custom.languageModel('small').modelId).toBe(llama)
    expect(custom.languageModel('@cf/other').modelId).toBe('@cf/other')
  })

  test('makes models of every kind under the published names', async () => {
    const { image } = await generateImage({
      model: workersai.image('@cf/black-forest-labs/flux-1-schnell'),
      prompt: 'x',
    })
    expect(image.uint8Array.length).toBeGreaterThan(0)
    const audio = new Uint8Array([1, 2, 3])
    const { text } = await experimental_transcribe({ model: workersai.transcription('@cf/openai/whisper'), audio })
    expect(text).toBe('said')
    expect(workersai.speech('@cf/deepgram/aura-1')).toMatchObject({
      specificationVersion: 'v4',
      provider: 'workersai.speech',
    })
    expect(workersai.textEmbedding).toBe(workersai.embedding)
    expect(workersai.textEmbeddingModel).toBe(workersai.embeddingModel)
    expect(workersai.imageModel).toBe(workersai.image)
    expect(workersai.transcriptionModel).toBe(workersai.transcription)
    expect(workersai.speechModel).toBe(workersai.speech)
    expect(workersai.rerankingModel).toBe(workersai.reranking)
    expect(calls.runs.every(({ options }) => options.gateway?.id === 'gw')).toBe(true)
  })

  test('reranks', async () => {
    const { ai } = createFakeAi({ run: () => ({ response: [{ id: 1, score: 0.9 }] }) })
    const model = createWorkersAI({ binding: ai }).reranking('@cf/baai/bge-reranker-base')
    const { rerankedDocuments } = await rerank({ model, query: 'q', documents: ['a', 'b'] })
    expect(rerankedDocuments).toEqual(['b'])
  })
})

test('another vendor’s model falls back to one of Workers AI', async () => {
  const refused = Response.json({ error: { message: 'busy' } }, { status: 503 })
  const { ai, calls } = createFakeAi({ run: (call) => (call === 0 ? refused : { response: 'fine' }) })
  const model = createWorkersAI({ binding: ai, providers: [openai] })('openai/gpt-5', {
    fallback: { mode: 'client', models: [llama] },
  })
  expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
  expect(calls.runs.map((run) => run.model)).toEqual(['openai/gpt-5', llama])
})

test('another vendor’s model over REST is read in the format of its plugin, and not resumed', async () => {
  const seen: DispatchInfo[] = []
  const { fetch, sent } = createFakeFetch(chatAnswer('fine'))
  const workersai = createWorkersAI({ accountId: 'acct', apiKey: 'cf-token', fetch, providers: [openai] })
  const model = workersai('openai/gpt-4o', { onDispatch: (info) => void seen.push(info) })
  expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
  expect(sent[0]?.url).toBe('https://api.cloudflare.com/client/v4/accounts/acct/ai/v1/chat/completions')
  expect(seen).toMatchObject([{ transport: 'run', resumeEnabled: false, warnings: [] }])

  const cached = workersai('openai/gpt-4o', { cacheTtl: 60 })
  expect((await generateText({ model: cached, prompt: 'hi' })).text).toBe('fine')
  expect(sent[1]).toMatchObject({
    url: 'https://gateway.ai.cloudflare.com/v1/acct/default',
    headers: { 'cf-aig-authorization': 'Bearer cf-token' },
  })
})

test('who asks for resume over REST is told that there is none', async () => {
  const { fetch } = createFakeFetch(() => streamAnswer(chatEvents('fine').join('')))
  const seen: DispatchInfo[] = []
  const workersai = createWorkersAI({ accountId: 'acct', apiKey: 'cf-token', fetch, providers: [openai], resume: true })
  const model = workersai('openai/gpt-4o', { onDispatch: (info) => void seen.push(info) })
  const stream = streamText({ model, prompt: 'hi' })
  expect(await stream.text).toBe('fine')
  expect(await stream.warnings).toEqual([
    { type: 'other', message: expect.stringMatching(/resume:true has no effect/) },
  ])
  expect(seen).toMatchObject([{ resumeEnabled: false }])
})

test('a gateway of one’s own resumes streams, whatever the options', async () => {
  const events = chatEvents('one ', 'two')
  const { fetch, sent } = createFakeFetch(
    () => streamAnswer(brokenBody(events[0] ?? ''), { 'cf-aig-run-id': 'r' }),
    () => streamAnswer(events.slice(1).join('')),
  )
  const workersai = createWorkersAI({ baseURL: 'https://gw.example', apiKey: 'gw_key', fetch, providers: [openai] })
  const model = workersai('mistral/small', { resume: true, cacheTtl: 60 })
  expect(await streamText({ model, prompt: 'hi' }).text).toBe('one two')
  expect(sent.map(({ url }) => url)).toEqual([
    'https://gw.example/ai-gateway/universal/run/default',
    'https://gw.example/ai-gateway/gateways/default/run/r/resume?from=1',
  ])
  expect(sent[1]?.headers).toMatchObject({ 'cf-aig-authorization': 'Bearer gw_key' })
})
