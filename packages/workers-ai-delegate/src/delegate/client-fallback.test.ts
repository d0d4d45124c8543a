import { generateText, streamText } from 'ai'
import { describe, expect, test } from 'vitest'
import { chatAnswer, chatEvents, createFakeAi, messagesAnswer, streamAnswer } from '../__fixtures__/fake-ai.ts'
import { anthropic } from '../anthropic.ts'
import { WorkersAIFallbackError } from '../errors/workers-ai-fallback-error.ts'
import { openai } from '../openai.ts'
import { createClientFallbackModel } from './client-fallback.ts'
import { createGatewayDelegate } from './create-gateway-delegate.ts'
import type { DelegateCallOptions } from './delegate-options.ts'

const models = ['openai/gpt-4o', 'openai/gpt-4o-mini', 'anthropic/claude-haiku']

/** Asks a chain over a binding that gives these answers, one a run. */
function askChain(answers: (() => unknown)[], options: Omit<DelegateCallOptions, 'fallback'> = {}) {
  const { ai, calls } = createFakeAi({ run: (call) => answers[call]?.() })
  const delegate = createGatewayDelegate({ binding: ai, gateway: 'gw', providers: [openai, anthropic] })
  const [first = '', ...rest] = models
  const model = delegate(first, { ...options, fallback: { mode: 'client', models: rest } })
  return { model, runs: () => calls.runs.map(({ model }) => model), calls }
}

function refusal(status: number, error: object = { message: `refused ${status}` }): () => Response {
  return () => Response.json({ error }, { status })
}

test('the next model answers when one refuses, in its own format', async () => {
  const { model, runs } = askChain([refusal(503), refusal(429), () => messagesAnswer('fine')])
  expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
  expect(runs()).toEqual(models)
})

test('a stream is one of the first model that begins it', async () => {
  const { model, runs } = askChain([refusal(500), () => streamAnswer(chatEvents('fine').join(''))])
  expect(await streamText({ model, prompt: 'hi', maxRetries: 0 }).text).toBe('fine')
  expect(runs()).toEqual(models.slice(0, 2))
})

test.each([401, 402, 403, 404, 408, 409, 429, 500, 503])('%d is another model’s chance', async (status) => {
  const { model, runs } = askChain([refusal(status), () => chatAnswer('fine')])
  expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
  expect(runs()).toHaveLength(2)
})

test.each([
  { message: 'This model’s maximum context length is 8192 tokens', code: 'context_length_exceeded' },
  { message: 'prompt is too long: 210000 tokens' },
  { message: 'No such model' },
])('a 400 that another model may not give is its chance: %o', async (error) => {
  const { model, runs } = askChain([refusal(400, error), () => chatAnswer('fine')])
  expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
  expect(runs()).toHaveLength(2)
})

test.each([400, 422])('a request that is wrong is not repeated: %d', async (status) => {
  const { model, runs } = askChain([refusal(status, { message: 'messages: must be a list' })])
  const error: unknown = await generateText({ model, prompt: 'hi', maxRetries: 0 }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(WorkersAIFallbackError)
  expect(error).toMatchObject({
    attempts: [{ model: 'openai/gpt-4o', transport: 'run', ok: false, status }],
    lastError: { code: 'bad-request', message: 'messages: must be a list' },
  })
  expect(runs()).toHaveLength(1)
})

test('when every model refuses, the error tells of each', async () => {
  const { model } = askChain([refusal(503), refusal(401), refusal(429)])
  const error: unknown = await generateText({ model, prompt: 'hi', maxRetries: 0 }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    name: 'WorkersAIFallbackError',
    message: `All fallback models failed: ${models.join(' → ')}.`,
    attempts: [
      { model: models[0], ok: false, status: 503, error: { code: 'provider-error', recoverable: true } },
      { model: models[1], ok: false, status: 401, error: { code: 'auth', recoverable: false } },
      { model: models[2], ok: false, status: 429, error: { code: 'rate-limit', recoverable: true } },
    ],
  })
})

describe('a cancellation', () => {
  test('asks no further model and is thrown as it is', async () => {
    const abort = new AbortController()
    const reason = new DOMException('enough', 'AbortError')
    const hang = (): Promise<never> => {
      queueMicrotask(() => abort.abort(reason))
      return new Promise(() => {})
    }
    const { model, runs } = askChain([hang])
    await expect(generateText({ model, prompt: 'hi', abortSignal: abort.signal })).rejects.toBe(reason)
    expect(runs()).toHaveLength(1)
  })

  test('between two models asks no further one', async () => {
    const abort = new AbortController()
    const { model, runs } = askChain([
      () => {
        abort.abort()
        return refusal(503)()
      },
    ])
    const call = generateText({ model, prompt: 'hi', maxRetries: 0, abortSignal: abort.signal })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(runs()).toHaveLength(1)
  })
})

test('a secret goes to the provider that takes it first, and to no other', async () => {
  const extraHeaders = { Authorization: 'Bearer sk-openai', 'X-Api-Key': 'sk-ant', 'x-trace': '1' }
  const { model, calls } = askChain([refusal(503), refusal(503), () => messagesAnswer('fine')], { extraHeaders })
  await generateText({ model, prompt: 'hi', maxRetries: 0 })
  expect(calls.runs.map(({ options }) => options.extraHeaders)).toEqual([
    { authorization: 'Bearer sk-openai', 'x-trace': '1' },
    { authorization: 'Bearer sk-openai', 'x-trace': '1' },
    { 'x-api-key': 'sk-ant', 'x-trace': '1' },
  ])
})

test('a chain may end with a model of Workers AI', async () => {
  const { ai, calls } = createFakeAi({ run: () => refusal(503)() })
  const own = createFakeAi()
  const stand = createGatewayDelegate({ binding: own.ai, gateway: 'gw', providers: [openai] })('openai/stand-in')
  const delegate = createGatewayDelegate({ binding: ai, gateway: 'gw', providers: [openai], workersAI: () => stand })
  const model = delegate('openai/gpt-4o', { fallback: { mode: 'client', models: ['@cf/meta/llama'] } })
  expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
  expect(calls.runs).toHaveLength(1)
})

test('a chain without models is refused', () => {
  expect(() => createClientFallbackModel([])).toThrow(/at least one model leg/)
})
