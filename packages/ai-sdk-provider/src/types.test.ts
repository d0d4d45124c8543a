import type {
  EmbeddingModelV4,
  Experimental_VideoModelV4,
  ImageModelV4,
  LanguageModelV4,
  ProviderV4,
  RerankingModelV4,
  SpeechModelV4,
  TranscriptionModelV4,
} from '@ai-sdk/provider'
import { createOpenAI } from '@ai-sdk/openai'
import type * as published from 'ai-gateway-provider'
import { createProviderRegistry } from 'ai'
import { expect, test } from 'vitest'
import {
  AiGatewayChatLanguageModel,
  createAiGateway,
  parseAiGatewayOptions,
  type AiGateway,
  type AiGatewayAPISettings,
  type AiGatewayBindingSettings,
  type AiGatewayOptions,
  type AiGatewayReties,
  type AiGatewayRetries,
  type AiGatewaySettings,
} from './index.ts'

const openai = createOpenAI({ apiKey: 'sk' })

test('what was written for the published types compiles', () => {
  const retries: AiGatewayRetries & AiGatewayReties = { maxAttempts: 3, retryDelayMs: 100, backoff: 'exponential' }
  const options: AiGatewayOptions & published.AiGatewayOptions = { cacheTtl: 60, retries }
  const api: AiGatewayAPISettings & published.AiGatewayAPISettings = { gateway: 'gw', accountId: 'acc', options }
  const binding: AiGatewayBindingSettings = { binding: { run: async () => new Response() }, options }
  const settings: AiGatewaySettings[] = [api, binding]
  const gateways: AiGateway[] = settings.map((one) => createAiGateway(one))
  const asPublished: published.AiGateway | undefined = gateways[0]
  const model: LanguageModelV4 = new AiGatewayChatLanguageModel([openai('gpt-5')], api)
  const headers: Headers = parseAiGatewayOptions(options)
  expect([asPublished, model, headers.get('cf-aig-cache-ttl')]).toEqual([gateways[0], model, '60'])
})

test('models have the types of the AI SDK', () => {
  const gateway = createAiGateway({ baseURL: 'https://gw.test/v1', providers: { openai } })
  const provider: ProviderV4 = gateway
  const registry = createProviderRegistry({ gateway })
  const language: LanguageModelV4[] = [
    gateway('openai/gpt-5'),
    gateway(openai('gpt-5')),
    gateway.chat([openai('gpt-5'), 'openai/gpt-5', () => openai('gpt-5'), async () => openai('gpt-5')]),
    gateway(openai('gpt-5'), { cacheTtl: 60, fallback: [openai('gpt-5-mini'), 'auto/cheapest'] }),
    gateway(openai('gpt-5'), { fallback: 'client' }),
    registry.languageModel('gateway:openai/gpt-5'),
  ]
  const embedding: EmbeddingModelV4[] = [gateway.embeddingModel('a/b'), gateway.embeddingModel([openai.embedding('e')])]
  const image: ImageModelV4 = gateway.imageModel([openai.image('i'), 'openai/i'])
  const transcription: TranscriptionModelV4[] = [
    gateway.transcriptionModel('openai/whisper-1'),
    gateway.transcriptionModel(openai.transcription('whisper-1')),
  ]
  const speech: SpeechModelV4 = gateway.speechModel('openai/tts-1')
  const never = (): [RerankingModelV4, Experimental_VideoModelV4] => [
    gateway.rerankingModel('cohere/r'),
    gateway.videoModel('xai/v'),
  ]
  expect([provider, ...language, ...embedding, image, ...transcription, speech, never]).not.toContain(undefined)
})

test('what has no sense does not compile', () => {
  const gateway = createAiGateway({ baseURL: 'https://gw.test/v1' })
  const wrong = [
    // @ts-expect-error An embedding model is no language model.
    () => gateway(openai.embedding('e')),
    // @ts-expect-error Six attempts are one too many.
    () => gateway(openai('gpt-5'), { retries: { maxAttempts: 6 } }),
    // @ts-expect-error The account alone does not name a gateway.
    () => createAiGateway({ accountId: 'acc' }),
    // @ts-expect-error A binding's streams go on through the AI binding, which must be named.
    () => createAiGateway({ binding: { run: async () => new Response() }, resume: true }),
    () => createAiGateway({ baseURL: 'https://gw.test/v1', resume: { maxReconnects: 2 } }),
  ]
  expect(wrong).toHaveLength(5)
})
