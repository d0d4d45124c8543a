import { credentialHeaders } from '@gw/headers/entry-headers'
import { generateImage, generateSpeech, generateText, embed, rerank, transcribe } from 'ai'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFakeGateway } from '../__fixtures__/fake-gateway.ts'
import { createAiGateway } from '../index.ts'
import { CF_TEMP_TOKEN } from '../auth.ts'
import { createAmazonBedrock } from './amazon-bedrock.ts'
import { createAnthropic } from './anthropic.ts'
import { createAzure } from './azure.ts'
import { createBaseten } from './baseten.ts'
import { createCerebras } from './cerebras.ts'
import { createCohere } from './cohere.ts'
import { createDeepgram } from './deepgram.ts'
import { createDeepSeek } from './deepseek.ts'
import { createElevenLabs } from './elevenlabs.ts'
import { createFal } from './fal.ts'
import { createFireworks } from './fireworks.ts'
import { createVertex } from './google-vertex.ts'
import { createGoogleGenerativeAI } from './google.ts'
import { createGroq } from './groq.ts'
import { createHuggingFace } from './huggingface.ts'
import { createMistral } from './mistral.ts'
import { createOpenAI } from './openai.ts'
import { createOpenRouter } from './openrouter.ts'
import { createPerplexity } from './perplexity.ts'
import { createReplicate } from './replicate.ts'
import { createTogetherAI } from './togetherai.ts'
import { createUnified, unified } from './unified.ts'
import { createXai } from './xai.ts'

const directFetch = vi.fn<typeof fetch>(async (input) => {
  throw new Error(`sent past the gateway: ${String(input)}`)
})

beforeEach(() => {
  directFetch.mockClear()
  vi.stubGlobal('fetch', directFetch)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

function setUp() {
  const fake = createFakeGateway()
  return { fake, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', apiKey: 'gw-key', fetch: fake.fetch }) }
}

const azure = { resourceName: 'res' }
const vertex = { project: 'p', location: 'us-central1' }
const vertexPath = 'v1beta1/projects/p/locations/us-central1/publishers/google/models'

describe('language models', () => {
  test.each([
    [
      'amazon-bedrock',
      createAmazonBedrock({ region: 'eu-west-1' })('claude'),
      'aws-bedrock',
      'bedrock-runtime/eu-west-1/model/claude/converse',
    ],
    ['anthropic', createAnthropic()('claude'), 'anthropic', 'v1/messages'],
    ['azure', createAzure(azure)('dep'), 'azure-openai', 'res/v1/responses?api-version=v1'],
    ['azure.chat', createAzure(azure).chat('dep'), 'azure-openai', 'res/v1/chat/completions?api-version=v1'],
    [
      'azure by deployment',
      createAzure({ ...azure, useDeploymentBasedUrls: true }).chat('dep'),
      'azure-openai',
      'res/dep/chat/completions?api-version=v1',
    ],
    ['baseten', createBaseten()('m'), 'baseten', 'v1/chat/completions'],
    ['cerebras', createCerebras()('m'), 'cerebras', 'v1/chat/completions'],
    ['cohere', createCohere()('m'), 'cohere', 'v2/chat'],
    ['deepseek', createDeepSeek()('m'), 'deepseek', 'chat/completions'],
    ['fireworks', createFireworks()('m'), 'fireworks', 'chat/completions'],
    ['google', createGoogleGenerativeAI()('gemini'), 'google-ai-studio', 'v1beta/models/gemini:generateContent'],
    ['google-vertex', createVertex(vertex)('gemini'), 'google-vertex-ai', `${vertexPath}/gemini:generateContent`],
    ['groq', createGroq()('m'), 'groq', 'chat/completions'],
    ['huggingface', createHuggingFace()('m'), 'huggingface', 'v1/responses'],
    ['mistral', createMistral()('m'), 'mistral', 'v1/chat/completions'],
    ['openai', createOpenAI()('gpt-5'), 'openai', 'v1/responses'],
    ['openai.chat', createOpenAI().chat('gpt-5'), 'openai', 'v1/chat/completions'],
    ['openrouter', createOpenRouter()('m'), 'openrouter', 'v1/chat/completions'],
    ['perplexity', createPerplexity()('sonar'), 'perplexity-ai', 'chat/completions'],
    ['togetherai', createTogetherAI()('m'), 'together', 'v1/chat/completions'],
    ['unified', unified('openai/gpt-5'), 'compat', 'chat/completions'],
    ['createUnified', createUnified({ name: 'mine' })('dynamic/x'), 'compat', 'chat/completions'],
    ['xai', createXai()('grok-4'), 'grok', 'v1/responses'],
  ])('%s', async (...[, model, provider, endpoint]) => {
    const { fake, gateway } = setUp()
    const { text } = await generateText({ model: gateway(model), prompt: 'hi' })
    expect(text).toBe('Hello')
    expectEntry(fake, provider, endpoint)
  })
})

test('no provider gets the secret of another, whatever the order', async () => {
  const key = (name: string) => ({ apiKey: `secret-of-${name}` })
  const models = [
    createAmazonBedrock({ region: 'eu-west-1', ...key('aws-bedrock') })('m'),
    createAnthropic(key('anthropic'))('m'),
    createAzure({ ...azure, ...key('azure-openai') })('m'),
    createBaseten(key('baseten'))('m'),
    createCerebras(key('cerebras'))('m'),
    createCohere(key('cohere'))('m'),
    createDeepSeek(key('deepseek'))('m'),
    createFireworks(key('fireworks'))('m'),
    createGoogleGenerativeAI(key('google-ai-studio'))('m'),
    createVertex(key('google-vertex-ai'))('m'),
    createGroq(key('groq'))('m'),
    createHuggingFace(key('huggingface'))('m'),
    createMistral(key('mistral'))('m'),
    createOpenAI(key('openai'))('m'),
    createOpenRouter(key('openrouter'))('m'),
    createPerplexity(key('perplexity-ai'))('m'),
    createTogetherAI(key('together'))('m'),
    createUnified(key('compat'))('m'),
    createXai(key('grok'))('m'),
  ]
  const { fake, gateway } = setUp()
  await generateText({ model: gateway(models), prompt: 'hi' })
  const entries = fake.entries()
  expect(entries).toHaveLength(models.length)
  const secrets = entries.map((entry) => JSON.stringify(entry).match(/secret-of-[\w-]+/g))
  expect(secrets).toEqual(entries.map(({ provider }) => [`secret-of-${provider}`]))
  expect(JSON.stringify(fake.sent[0]?.headers)).not.toContain('secret-of')
})

describe('embedding models', () => {
  test.each([
    [
      'amazon-bedrock',
      createAmazonBedrock({ region: 'eu-west-1' }).embeddingModel('amazon.titan-embed-text-v2:0'),
      'aws-bedrock',
      'bedrock-runtime/eu-west-1/model/amazon.titan-embed-text-v2%3A0/invoke',
    ],
    ['azure', createAzure(azure).embeddingModel('dep'), 'azure-openai', 'res/v1/embeddings?api-version=v1'],
    ['cohere', createCohere().embeddingModel('m'), 'cohere', 'v2/embed'],
    ['fireworks', createFireworks().embeddingModel('m'), 'fireworks', 'embeddings'],
    ['google', createGoogleGenerativeAI().embeddingModel('e'), 'google-ai-studio', 'v1beta/models/e:embedContent'],
    ['google-vertex', createVertex(vertex).embeddingModel('e'), 'google-vertex-ai', `${vertexPath}/e:predict`],
    ['mistral', createMistral().embeddingModel('m'), 'mistral', 'v1/embeddings'],
    ['openai', createOpenAI().embeddingModel('m'), 'openai', 'v1/embeddings'],
    ['openrouter', createOpenRouter().textEmbeddingModel('m'), 'openrouter', 'v1/embeddings'],
    ['togetherai', createTogetherAI().embeddingModel('m'), 'together', 'v1/embeddings'],
    ['unified', unified.embeddingModel('openai/e'), 'compat', 'embeddings'],
  ])('%s', async (...[, model, provider, endpoint]) => {
    const { fake, gateway } = setUp()
    const { embedding } = await embed({ model: gateway.embeddingModel(model), value: 'x' })
    expect(embedding[0]).toBe(0.1)
    expectEntry(fake, provider, endpoint)
  })
})

describe('image models', () => {
  test.each([
    [
      'amazon-bedrock',
      createAmazonBedrock({ region: 'eu-west-1' }).imageModel('nova'),
      'aws-bedrock',
      'bedrock-runtime/eu-west-1/model/nova/invoke',
    ],
    ['azure', createAzure(azure).imageModel('dep'), 'azure-openai', 'res/v1/images/generations?api-version=v1'],
    [
      'google',
      createGoogleGenerativeAI().imageModel('gemini-2.5-flash-image'),
      'google-ai-studio',
      'v1beta/models/gemini-2.5-flash-image:generateContent',
    ],
    [
      'google-vertex',
      createVertex(vertex).imageModel('gemini-2.5-flash-image'),
      'google-vertex-ai',
      `${vertexPath}/gemini-2.5-flash-image:generateContent`,
    ],
    ['openai', createOpenAI().imageModel('gpt-image-1'), 'openai', 'v1/images/generations'],
    ['togetherai', createTogetherAI().imageModel('m'), 'together', 'v1/images/generations'],
    ['unified', unified.imageModel('openai/i'), 'compat', 'images/generations'],
    ['xai', createXai().imageModel('grok-image'), 'grok', 'v1/images/generations'],
  ])('%s', async (...[, model, provider, endpoint]) => {
    const { fake, gateway } = setUp()
    const { image } = await generateImage({ model: gateway.imageModel(model), prompt: 'x' })
    expect(image.base64).toBe('aW1n')
    expectEntry(fake, provider, endpoint)
  })
})

describe('images that lie elsewhere are fetched from there, without credentials', () => {
  test.each([
    ['fal', createFal().imageModel('fal-ai/flux/dev'), 'fal', 'fal-ai/flux/dev', 'https://fal.media/a.png'],
    [
      'replicate',
      createReplicate().imageModel('m'),
      'replicate',
      'v1/models/m/predictions',
      'https://replicate.delivery/a.png',
    ],
  ])('%s', async (...[, model, provider, endpoint, url]) => {
    const { fake, gateway } = setUp()
    directFetch.mockResolvedValueOnce(new Response(new Uint8Array([7]), { headers: { 'content-type': 'image/png' } }))
    const { image } = await generateImage({ model: gateway.imageModel(model), prompt: 'x' })
    expect([...image.uint8Array]).toEqual([7])
    expect(fake.entries().map((entry) => [entry.provider, entry.endpoint])).toEqual([[provider, endpoint]])
    const [input, init] = directFetch.mock.calls[0] ?? []
    expect(input).toBe(url)
    expect([...new Headers(init?.headers).keys()].filter((name) => credentialHeaders.has(name))).toEqual([])
    expect(JSON.stringify(fake.sent)).not.toContain(CF_TEMP_TOKEN)
  })

  test('fireworks answers with the image itself', async () => {
    const { fake, gateway } = setUp()
    const model = createFireworks().imageModel('accounts/fireworks/models/playground-v2-1024px-aesthetic')
    const { image } = await generateImage({ model: gateway.imageModel(model), prompt: 'x' })
    expect([...image.uint8Array]).toEqual([1, 2, 3])
    expectEntry(fake, 'fireworks', 'image_generation/accounts/fireworks/models/playground-v2-1024px-aesthetic')
  })
})

describe('reranking models', () => {
  test.each([
    ['cohere', createCohere().rerankingModel('m'), 'cohere', 'v2/rerank'],
    ['togetherai', createTogetherAI().rerankingModel('m'), 'together', 'v1/rerank'],
  ])('%s', async (...[, model, provider, endpoint]) => {
    const { fake, gateway } = setUp()
    const { ranking } = await rerank({ model: gateway.rerankingModel(model), query: 'q', documents: ['a', 'b'] })
    expect(ranking[0]?.originalIndex).toBe(1)
    expectEntry(fake, provider, endpoint)
  })
})

describe('speech models', () => {
  test.each([
    ['azure', createAzure(azure).speech('dep'), 'azure-openai', 'res/v1/audio/speech?api-version=v1'],
    ['deepgram', createDeepgram().speech('aura-asteria-en'), 'deepgram', 'v1/speak?model=aura-asteria-en&encoding=mp3'],
    [
      'elevenlabs',
      createElevenLabs().speech('eleven'),
      'elevenlabs',
      'v1/text-to-speech/21m00Tcm4TlvDq8ikWAM?output_format=mp3_44100_128',
    ],
    ['openai', createOpenAI().speech('tts-1'), 'openai', 'v1/audio/speech'],
    ['xai', createXai().speech(), 'grok', 'v1/tts'],
  ])('%s', async (...[, model, provider, endpoint]) => {
    const { fake, gateway } = setUp()
    const { audio } = await generateSpeech({ model: gateway.speechModel(model), text: 'x' })
    expect([...audio.uint8Array]).toEqual([1, 2, 3])
    expectEntry(fake, provider, endpoint)
  })
})

describe('transcription models upload to the provider’s own path', () => {
  test.each([
    ['azure', createAzure(azure).transcription('dep'), 'azure-openai/res/v1/audio/transcriptions?api-version=v1'],
    ['deepgram', createDeepgram().transcription('nova-3'), 'deepgram/v1/listen?model=nova-3'],
    ['elevenlabs', createElevenLabs().transcription('scribe_v1'), 'elevenlabs/v1/speech-to-text'],
    ['groq', createGroq().transcription('whisper-large-v3'), 'groq/audio/transcriptions'],
    ['mistral', createMistral().transcription('voxtral'), 'mistral/v1/audio/transcriptions'],
    ['openai', createOpenAI().transcription('whisper-1'), 'openai/v1/audio/transcriptions'],
    ['xai', createXai().transcription(), 'grok/v1/stt'],
  ])('%s', async (_, model, path) => {
    const { fake, gateway } = setUp()
    const { text } = await transcribe({
      model: gateway.transcriptionModel(model),
      audio: new Uint8Array([82, 73, 70, 70]),
    })
    expect(text).toBe('hello')
    const [sent] = fake.sent
    expect(sent?.url).toBe(`https://gateway.ai.cloudflare.com/v1/acc/gw/${path}`)
    expect([FormData, Uint8Array].some((type) => sent?.body instanceof type)).toBe(true)
    expect(sent?.headers['cf-aig-authorization']).toBe('Bearer gw-key')
    expect(JSON.stringify(sent?.headers)).not.toContain(CF_TEMP_TOKEN)
    expect(directFetch).not.toHaveBeenCalled()
  })
})

function expectEntry(fake: ReturnType<typeof createFakeGateway>, provider: string, endpoint: string) {
  const entries = fake.entries()
  expect(entries.map((entry) => [entry.provider, entry.endpoint])).toEqual([[provider, endpoint]])
  const names = Object.keys(entries[0]?.headers ?? {})
  expect(names.filter((name) => credentialHeaders.has(name))).toEqual([])
  expect(JSON.stringify(fake.sent)).not.toContain(CF_TEMP_TOKEN)
  expect(directFetch).not.toHaveBeenCalled()
}

describe('video models start and poll through the gateway', () => {
  test.each([
    ['xai', createXai().videoModel('grok-video'), ['grok/v1/videos/generations', 'grok/v1/videos/r1']],
    [
      'replicate',
      createReplicate().videoModel('m'),
      ['replicate/v1/models/m/predictions', 'replicate/v1/predictions/p1'],
    ],
  ])('%s', async (_, model, paths) => {
    const { fake, gateway } = setUp()
    const video = gateway.videoModel(model)
    const options = { prompt: 'x', n: 1, providerOptions: {}, ...unset }
    const started = await video.doStart?.(options)
    expect(started?.operation).toBeDefined()
    await video.doStatus?.({ operation: started?.operation ?? null })
    const [start, poll] = fake.sent
    const [entry] = start?.entries ?? []
    expect([`${entry?.provider}/${entry?.endpoint}`, poll?.url.replace(/^.*\/acc\/gw\//, '')]).toEqual(paths)
    expect(poll?.method).toBe('GET')
    expect(poll?.headers['cf-aig-authorization']).toBe('Bearer gw-key')
    expect(JSON.stringify(fake.sent)).not.toContain(CF_TEMP_TOKEN)
    expect(directFetch).not.toHaveBeenCalled()
  })
})

const unset = {
  aspectRatio: undefined,
  resolution: undefined,
  duration: undefined,
  fps: undefined,
  seed: undefined,
  image: undefined,
  frameImages: undefined,
  inputReferences: undefined,
  generateAudio: undefined,
}
