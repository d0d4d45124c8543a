import { generateText, streamText } from 'ai'
import { describe, expect, test } from 'vitest'
import {
  brokenBody,
  chatAnswer,
  chatEvents,
  createFakeAi,
  geminiAnswer,
  messagesAnswer,
  streamAnswer,
  type FakeAnswers,
} from '../__fixtures__/fake-ai.ts'
import { anthropic } from '../anthropic.ts'
import { google } from '../google.ts'
import { openai } from '../openai.ts'
import { createGatewayDelegate } from './create-gateway-delegate.ts'
import type { DelegateCallOptions } from './delegate-options.ts'
import type { ProviderPlugin } from './provider-plugin.ts'

interface Chain {
  models: [string, ...string[]]
  options?: Omit<DelegateCallOptions, 'fallback'>
  headers?: Record<string, Record<string, string>>
  answers?: FakeAnswers
  providers?: ProviderPlugin[]
}

function chain({
  models: [first, ...models],
  options = {},
  headers,
  answers,
  providers = [openai, anthropic, google],
}: Chain) {
  const { ai, calls } = createFakeAi(answers)
  const delegate = createGatewayDelegate({ binding: ai, gateway: 'gw', providers })
  const fallback = { mode: 'server' as const, models, ...(headers && { extraHeaders: headers }) }
  return { model: delegate(first, { ...options, fallback }), calls, ai }
}

const threeVendors: [string, ...string[]] = ['openai/gpt-4o', 'anthropic/claude-haiku', 'google/gemini-3']

test.each([
  [0, chatAnswer],
  [1, messagesAnswer],
  [2, geminiAnswer],
])('all models are in one request, and model %d reads its own answer', async (step, format) => {
  const answers = { universal: () => format('fine', { 'cf-aig-step': String(step) }) }
  const { model, calls } = chain({ models: threeVendors, answers })
  expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
  expect(calls.runs).toEqual([])
  expect(calls.universal).toHaveLength(1)
  expect(calls.universal[0]?.entries).toMatchObject([
    { provider: 'openai', endpoint: 'v1/chat/completions', query: { model: 'gpt-4o' } },
    { provider: 'anthropic', endpoint: 'v1/messages', query: { model: 'claude-haiku' } },
    { provider: 'google-ai-studio', endpoint: 'v1beta/models/gemini-3:generateContent' },
  ])
})

test('each model is built once for a call', async () => {
  let built = 0
  const counting: ProviderPlugin = {
    wireFormat: 'openai',
    create: (options) => {
      const model = openai.create(options)
      return {
        specificationVersion: 'v4',
        provider: model.provider,
        modelId: model.modelId,
        supportedUrls: model.supportedUrls,
        doStream: (call) => model.doStream(call),
        doGenerate: (call) => {
          built += 1
          return model.doGenerate(call)
        },
      }
    },
  }
  const { model } = chain({ models: ['openai/a', 'openai/b', 'groq/c'], providers: [counting] })
  await generateText({ model, prompt: 'hi' })
  expect(built).toBe(3)
})

test('models of one provider are each written for themselves', async () => {
  const { model, calls } = chain({ models: ['openai/gpt-4o', 'openai/gpt-5-mini'] })
  await generateText({ model, prompt: 'hi', temperature: 0.5, maxOutputTokens: 10 })
  expect(calls.universal[0]?.entries.map(({ query }) => query)).toMatchObject([
    { model: 'gpt-4o', temperature: 0.5, max_tokens: 10 },
    { model: 'gpt-5-mini', max_completion_tokens: 10 },
  ])
  expect(calls.universal[0]?.entries[1]?.query).not.toHaveProperty('temperature')
})

test.each(['7', '-1', 'x'])('a step that is none (%s) is the first model', async (step) => {
  const answers = { universal: () => chatAnswer('fine', { 'cf-aig-step': step }) }
  const { model } = chain({ models: ['openai/gpt-4o', 'anthropic/claude'], answers })
  expect((await generateText({ model, prompt: 'hi' })).text).toBe('fine')
})

test('concurrent calls of one model get their own answers', async () => {
  const answers = { universal: (call: number) => chatAnswer(`answer ${call}`, { 'cf-aig-step': '0' }) }
  const { model } = chain({ models: threeVendors, answers })
  const results = await Promise.all([1, 2, 3].map((n) => generateText({ model, prompt: `${n}` })))
  expect(results.map(({ text }) => text)).toEqual(['answer 0', 'answer 1', 'answer 2'])
})

test('a stream is read by the model that was chosen', async () => {
  const answers = { universal: () => streamAnswer(chatEvents('fine').join(''), { 'cf-aig-step': '1' }) }
  const { model } = chain({ models: ['anthropic/claude', 'openai/gpt-4o'], answers })
  expect(await streamText({ model, prompt: 'hi' }).text).toBe('fine')
})

test('a stream is resumed where the gateway can', async () => {
  const events = chatEvents('one ', 'two')
  const { ai } = createFakeAi({
    universal: () => streamAnswer(brokenBody(events[0] ?? ''), { 'cf-aig-run-id': 'r', 'cf-aig-step': '1' }),
    fetch: () => streamAnswer(events.slice(1).join('')),
  })
  const binding = { ...ai, capabilities: ['resume'] as const }
  const delegate = createGatewayDelegate({ binding, gateway: 'gw', providers: [openai, anthropic] })
  const model = delegate('anthropic/claude', { fallback: { mode: 'server', models: ['openai/gpt-4o'] } })
  expect(await streamText({ model, prompt: 'hi' }).text).toBe('one two')
})

describe('secrets', () => {
  const secretsOf = (entries: { headers: Record<string, string> }[] | undefined) =>
    entries?.map(({ headers }) => Object.entries(headers).filter(([, value]) => /sk-|unused|AIza/.test(value)))

  test('of one call go to their own providers', async () => {
    const extraHeaders = { Authorization: 'Bearer sk-openai', 'x-api-key': 'sk-ant', 'X-GOOG-API-KEY': 'AIza' }
    for (const models of [threeVendors, ['anthropic/claude', 'openai/gpt-4o', 'google/gemini-3'] as const]) {
      const { model, calls } = chain({ models: [models[0], ...models.slice(1)], options: { byok: true, extraHeaders } })
      await generateText({ model, prompt: 'hi' }).catch(() => undefined)
      const sent = secretsOf(calls.universal[0]?.entries)?.flat()
      expect(sent?.toSorted()).toEqual([
        ['authorization', 'Bearer sk-openai'],
        ['x-api-key', 'sk-ant'],
        ['x-goog-api-key', 'AIza'],
      ])
      const anthropicEntry = calls.universal[0]?.entries.find(({ provider }) => provider === 'anthropic')
      expect(anthropicEntry?.headers).not.toHaveProperty('authorization')
    }
  })

  test('that two providers take in the same header go to the first', async () => {
    const options = { byok: true, extraHeaders: { authorization: 'Bearer sk-openai' } }
    const { model, calls } = chain({ models: ['openai/gpt-4o', 'groq/llama', 'openai/gpt-4o-mini'], options })
    await generateText({ model, prompt: 'hi' })
    const secret = [['authorization', 'Bearer sk-openai']]
    expect(secretsOf(calls.universal[0]?.entries)).toEqual([secret, [], secret])
  })

  test('of a single model go to it alone', async () => {
    const { model, calls } = chain({
      models: ['openai/gpt-4o', 'groq/llama'],
      options: { byok: true, extraHeaders: { authorization: 'Bearer sk-openai' } },
      headers: { 'groq/llama': { Authorization: 'Bearer sk-groq' } },
    })
    await generateText({ model, prompt: 'hi' })
    expect(secretsOf(calls.universal[0]?.entries)).toEqual([
      [['authorization', 'Bearer sk-openai']],
      [['authorization', 'Bearer sk-groq']],
    ])
  })
})

test('the gateway’s refusal is the chosen model’s error', async () => {
  const refuse = () =>
    Response.json({ error: { message: 'no credits' } }, { status: 402, headers: { 'cf-aig-step': '1' } })
  const { model } = chain({ models: ['anthropic/claude', 'openai/gpt-4o'], answers: { universal: refuse } })
  await expect(generateText({ model, prompt: 'hi', maxRetries: 0 })).rejects.toMatchObject({
    statusCode: 402,
    message: 'no credits',
  })
})

test('what stops the request is the call’s error', async () => {
  const answers = { universal: () => Promise.reject(new Error('no route')) }
  const { model } = chain({ models: threeVendors, answers })
  await expect(generateText({ model, prompt: 'hi', maxRetries: 0 })).rejects.toThrow('no route')
})

test('a model that cannot write its request fails the call', async () => {
  const failing: ProviderPlugin = {
    wireFormat: 'anthropic',
    create: (options) => {
      const model = anthropic.create(options)
      const fail = (): never => {
        throw new Error('no such feature')
      }
      return {
        ...model,
        specificationVersion: 'v4',
        provider: 'x',
        modelId: 'x',
        supportedUrls: {},
        doGenerate: fail,
        doStream: fail,
      }
    },
  }
  const { model, calls } = chain({ models: threeVendors, providers: [openai, failing, google] })
  await expect(generateText({ model, prompt: 'hi', maxRetries: 0 })).rejects.toThrow('no such feature')
  expect(calls.universal).toEqual([])
})

test('an abort ends the call and reaches the gateway', async () => {
  const abort = new AbortController()
  const hang = (): Promise<never> => {
    queueMicrotask(() => abort.abort())
    return new Promise(() => {})
  }
  const { model, calls } = chain({ models: threeVendors, answers: { universal: hang } })
  await expect(generateText({ model, prompt: 'hi', abortSignal: abort.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(calls.universal[0]?.options['signal']).toBe(abort.signal)
})

test('a provider without a gateway path is refused', () => {
  expect(() => chain({ models: ['openai/gpt-4o', 'alibaba/qwen'] })).toThrow(/no native gateway path/)
  expect(() => chain({ models: ['alibaba/qwen', 'openai/gpt-4o'] })).toThrow(/no gateway path/)
})

test('who calls the first model’s fetch himself gets the models of the same provider in one request', async () => {
  const made: (typeof globalThis.fetch)[] = []
  const recording = (plugin: ProviderPlugin): ProviderPlugin => ({
    wireFormat: plugin.wireFormat,
    create: (options) => {
      made.push(options.fetch)
      return plugin.create(options)
    },
  })
  const send = async (models: [string, ...string[]], url: string, body: object) => {
    const { calls } = chain({ models, providers: [recording(openai), recording(google)] })
    await made.at(-1)?.(url, { method: 'POST', body: JSON.stringify(body) })
    return calls.universal[0]?.entries
  }
  const chat = await send(['openai/a', 'openai/b'], 'https://api.openai.com/v1/chat/completions', { model: 'a' })
  expect(chat?.map(({ query }) => query)).toEqual([{ model: 'a' }, { model: 'b' }])
  const url = 'https://generativelanguage.googleapis.com/v1beta/models/a:generateContent'
  const gemini = await send(['google/a', 'google/b'], url, { contents: [] })
  expect(gemini?.map(({ endpoint }) => endpoint)).toEqual([
    'v1beta/models/a:generateContent',
    'v1beta/models/b:generateContent',
  ])
})
