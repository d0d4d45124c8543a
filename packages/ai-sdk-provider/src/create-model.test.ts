import { createCohere } from '@ai-sdk/cohere'
import { createMistral } from '@ai-sdk/mistral'
import { createOpenAI } from '@ai-sdk/openai'
import { createXai } from '@ai-sdk/xai'
import { embedMany, experimental_generateVideo as generateVideo, rerank } from 'ai'
import { describe, expect, test } from 'vitest'
import { createFakeGateway, type Answerer } from './__fixtures__/fake-gateway.ts'
import { createAiGateway } from './index.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })
const mistral = createMistral({ apiKey: 'sk-mistral' })
const cohere = createCohere({ apiKey: 'sk-cohere' })
const xai = createXai({ apiKey: 'sk-xai' })

function setUp(answer?: Answerer) {
  const fake = createFakeGateway(answer)
  return { fake, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch }) }
}

const failFirst: Answerer = (_, step) => (step === 0 ? Response.json({}, { status: 503 }) : undefined)

describe('embedding models', () => {
  test('fall back like language models', async () => {
    const { fake, gateway } = setUp(failFirst)
    const model = gateway.embeddingModel([openai.embeddingModel('a'), mistral.embeddingModel('b')])
    const { embeddings } = await embedMany({ model, values: ['x', 'y'] })
    expect(embeddings).toHaveLength(2)
    expect(fake.entries().map(({ provider }) => provider)).toEqual(['openai', 'mistral'])
  })

  test('take as many values as each of their models does', async () => {
    const { gateway } = setUp()
    const one = gateway.embeddingModel(openai.embeddingModel('a'))
    expect(one).toMatchObject({ maxEmbeddingsPerCall: 2048, supportsParallelCalls: true })
    const both = gateway.embeddingModel([openai.embeddingModel('a'), mistral.embeddingModel('b')])
    expect(await both.maxEmbeddingsPerCall).toBe(32)
    expect(await both.supportsParallelCalls).toBe(false)
  })
})

describe('image models', () => {
  test('make as many images as each of their models does', async () => {
    const { gateway } = setUp()
    const limitOf = async ({ maxImagesPerCall, modelId }: { maxImagesPerCall: unknown; modelId: string }) => {
      const limit: unknown =
        typeof maxImagesPerCall === 'function' ? await maxImagesPerCall({ modelId }) : maxImagesPerCall
      return limit
    }
    expect(await limitOf(gateway.imageModel(openai.imageModel('gpt-image-1')))).toBe(10)
    expect(await limitOf(gateway.imageModel([openai.imageModel('gpt-image-1'), openai.imageModel('dall-e-3')]))).toBe(1)
  })

  test('say whether they take files', () => {
    const { gateway } = setUp()
    const plain = openai.imageModel('gpt-image-1')
    expect(gateway.imageModel(plain).supportsFileInputs).toBe(plain.supportsFileInputs)
  })

  test('with files upload them', async () => {
    const { fake, gateway } = setUp()
    const model = gateway.imageModel(openai.imageModel('gpt-image-1'))
    const files = [{ type: 'file' as const, mediaType: 'image/png', data: new Uint8Array([137, 80, 78, 71]) }]
    const options = {
      prompt: 'x',
      n: 1,
      size: undefined,
      aspectRatio: undefined,
      seed: undefined,
      files,
      mask: undefined,
      providerOptions: {},
    }
    const { images } = await model.doGenerate(options)
    expect(images).toEqual(['aW1n'])
    expect(fake.sent[0]?.url).toBe('https://gateway.ai.cloudflare.com/v1/acc/gw/openai/v1/images/edits')
  })
})

test('reranking models fall back, one by one too', async () => {
  const { fake, gateway } = setUp(({ entries }) =>
    entries[0]?.query['model'] === 'a' ? Response.json({}, { status: 503 }) : undefined,
  )
  const model = gateway.rerankingModel([cohere.rerankingModel('a'), () => cohere.rerankingModel('b')], {
    fallback: 'client',
  })
  const { ranking, providerMetadata } = await rerank({ model, query: 'q', documents: ['a', 'b'] })
  expect(ranking[0]?.originalIndex).toBe(1)
  expect(providerMetadata?.['gateway']).toMatchObject({ step: 1, attempts: 2 })
  expect(fake.sent).toHaveLength(2)
})

describe('video models', () => {
  test('have the methods of their models', () => {
    const { gateway } = setUp()
    const model = xai.videoModel('v')
    const methods = ['doGenerate', 'doStart', 'doStatus'] as const
    const wrapped = gateway.videoModel(model)
    expect(methods.map((name) => typeof wrapped[name])).toEqual(methods.map((name) => typeof model[name]))
  })

  test('poll the model that started, through the gateway', async () => {
    const { fake, gateway } = setUp(({ entries }, step) =>
      entries.length > 0 && step === 0 ? Response.json({}, { status: 503 }) : undefined,
    )
    const model = gateway.videoModel([xai.videoModel('a'), xai.videoModel('b')])
    const { video, providerMetadata } = await generateVideo({
      model,
      prompt: 'x',
      poll: { intervalMs: 0 },
      download: async () => ({ data: new Uint8Array([1]), mediaType: 'video/mp4' }),
    })
    expect([...video.uint8Array]).toEqual([1])
    expect(providerMetadata['gateway']).toMatchObject({ step: 1 })
    expect(fake.sent.map(({ url }) => url)).toEqual([
      'https://gateway.ai.cloudflare.com/v1/acc/gw',
      'https://gateway.ai.cloudflare.com/v1/acc/gw/grok/v1/videos/r1',
    ])
  })

  test('don’t know an operation of another model', async () => {
    const { gateway } = setUp()
    const model = gateway.videoModel([xai.videoModel('a'), xai.videoModel('b')])
    await expect(model.doStatus?.({ operation: 'other' })).rejects.toThrow('not started by this model')
  })
})

describe('a model that can’t be part of another', () => {
  test.each([
    ['a gateway model', () => setUp().gateway('openai/gpt-5')],
    ['one among others', () => setUp().gateway([openai('a'), openai('b')])],
  ])('%s', (_, make) => {
    const { gateway } = setUp()
    expect(() => gateway([openai('a'), make()])).toThrow('goes through a gateway already')
  })

  test('a gateway model that is made later', async () => {
    const { fake, gateway } = setUp()
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }]
    const call = gateway([openai('a'), () => gateway('openai/b')]).doGenerate({ prompt })
    await expect(call).rejects.toThrow('goes through a gateway already')
    expect(fake.sent).toEqual([])
  })

  test('a promise as the first', () => {
    const { gateway } = setUp()
    expect(() => gateway(async () => openai('a'))).toThrow('The first model must be at hand')
  })
})
