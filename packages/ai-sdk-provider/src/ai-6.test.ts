import { createAnthropic } from '@ai-sdk-6/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk-6/google'
import { createOpenAI } from '@ai-sdk-6/openai'
import { createOpenAICompatible } from '@ai-sdk-6/openai-compatible'
import type { ProviderV3 } from '@ai-sdk-6/provider'
import { createOpenAI as createOpenAI7 } from '@ai-sdk/openai'
import {
  APICallError,
  createProviderRegistry,
  customProvider,
  embed,
  experimental_generateSpeech as generateSpeech,
  experimental_transcribe as transcribe,
  generateImage,
  generateObject,
  generateText,
  streamText,
  wrapLanguageModel,
} from 'ai-6'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { chatCompletion } from './__fixtures__/answers.ts'
import { createFakeGateway, type Answerer } from './__fixtures__/fake-gateway.ts'
import { AiGatewayUnauthorizedError, createAiGateway } from './index.ts'
import { compatURL } from './target-of.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })
const anthropic = createAnthropic({ apiKey: 'sk-anthropic' })
const google = createGoogleGenerativeAI({ apiKey: 'AIza-google' })
const unified = createOpenAICompatible({ name: 'Unified', baseURL: compatURL })

function setUp(answer?: Answerer) {
  const fake = createFakeGateway(answer)
  const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', apiKey: 'gw-key', fetch: fake.fetch, unified })
  return { fake, gateway }
}

describe('AI SDK 6', () => {
  test('gets models of its own version', () => {
    const { gateway } = setUp()
    expect(gateway.specificationVersion).toBe('v3')
    expect(gateway([openai('gpt-5'), anthropic('claude')]).specificationVersion).toBe('v3')
    expect(gateway('openai/gpt-5').specificationVersion).toBe('v3')
  })

  test('generates text, with fallback', async () => {
    const { fake, gateway } = setUp((_, step) => (step === 0 ? Response.json({}, { status: 500 }) : undefined))
    const model = gateway([openai('gpt-5'), anthropic('claude'), google('gemini')])
    const { text, providerMetadata } = await generateText({ model, prompt: 'hi' })
    expect(text).toBe('Hello')
    expect(providerMetadata?.['gateway']).toMatchObject({ step: 1, provider: 'anthropic' })
    expect(fake.entries().map(({ provider }) => provider)).toEqual(['openai', 'anthropic', 'google-ai-studio'])
  })

  test('streams text', async () => {
    const { gateway } = setUp()
    const result = streamText({ model: gateway(openai.chat('gpt-5')), prompt: 'hi' })
    expect(await result.text).toBe('Hello')
    expect((await result.providerMetadata)?.['gateway']).toMatchObject({ step: 0 })
  })

  test('generates objects', async () => {
    const { gateway } = setUp(() => Response.json(chatCompletion('m', '{"name":"Ada"}')))
    const { object } = await generateObject({
      model: gateway(openai.chat('gpt-5')),
      schema: z.object({ name: z.string() }),
      prompt: 'hi',
    })
    expect(object).toEqual({ name: 'Ada' })
  })

  test('embeds, draws, speaks and listens', async () => {
    const { gateway } = setUp()
    const { embedding } = await embed({ model: gateway.embeddingModel(openai.embeddingModel('e')), value: 'x' })
    expect(embedding).toEqual([0.1, 0.2])
    const { image } = await generateImage({ model: gateway.imageModel(openai.imageModel('gpt-image-1')), prompt: 'x' })
    expect(image.base64).toBe('aW1n')
    const { audio } = await generateSpeech({ model: gateway.speechModel(openai.speech('tts-1')), text: 'x' })
    expect([...audio.uint8Array]).toEqual([1, 2, 3])
    const heard = {
      model: gateway.transcriptionModel(openai.transcription('whisper-1')),
      audio: new Uint8Array([82, 73, 70, 70]),
    }
    expect((await transcribe(heard)).text).toBe('hello')
  })

  test('takes ids, in a registry and behind a custom provider', async () => {
    const { fake, gateway } = setUp()
    const provider: ProviderV3 = gateway
    const registry = createProviderRegistry({ gw: gateway })
    const custom = customProvider({ languageModels: { fast: gateway(openai('gpt-5')) }, fallbackProvider: provider })
    await generateText({ model: registry.languageModel('gw:openai/gpt-5'), prompt: 'hi' })
    await generateText({ model: custom.languageModel('fast'), prompt: 'hi' })
    await embed({ model: registry.embeddingModel('gw:openai/e'), value: 'x' })
    expect(fake.entries().map((entry) => `${entry.provider}/${entry.endpoint}`)).toEqual([
      'compat/chat/completions',
      'openai/v1/responses',
      'compat/embeddings',
    ])
  })

  test('wraps a gateway model in middleware', async () => {
    const { fake, gateway } = setUp()
    const model = wrapLanguageModel({
      model: gateway(openai('gpt-4o')),
      middleware: {
        specificationVersion: 'v3',
        transformParams: async ({ params }) => ({ ...params, temperature: 0.5 }),
      },
    })
    await generateText({ model, prompt: 'hi' })
    expect(fake.entries()[0]?.query['temperature']).toBe(0.5)
  })

  test('knows the gateway’s errors', async () => {
    const body = { success: false, error: [{ code: 2009, message: 'no' }] }
    const { gateway } = setUp(() => Response.json(body, { status: 401 }))
    const call = generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
    await expect(call).rejects.toSatisfy(
      (error) => error instanceof AiGatewayUnauthorizedError && APICallError.isInstance(error),
    )
  })
})

test('models of both versions don’t mix', () => {
  const { gateway } = setUp()
  const openai7 = createOpenAI7({ apiKey: 'sk' })
  expect(() => gateway([openai('gpt-5'), openai7('gpt-5')])).toThrow('must be of one AI SDK version')
})
