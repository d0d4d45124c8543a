import { APICallError } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { chatModel, hello } from '../__fixtures__/chat-model.ts'
import { deferred } from '../__fixtures__/deferred.ts'
import { jsonResponse, type FakeAnswer } from '../__fixtures__/fake-binding.ts'

/** The error of a call, which has to fail, whole and streamed alike. */
async function errorOf(result: FakeAnswer): Promise<APICallError> {
  const caught = async (call: Promise<unknown>): Promise<unknown> => {
    try {
      await call
    } catch (error) {
      return error
    }
    throw new Error('The call did not fail.')
  }
  const whole = await caught(Promise.resolve(chatModel(result).model.doGenerate({ prompt: hello })))
  const streamed = await caught(Promise.resolve(chatModel(result).model.doStream({ prompt: hello })))
  if (!APICallError.isInstance(whole) || !APICallError.isInstance(streamed))
    throw new Error(`No APICallError: ${whole}`)
  expect([streamed.message, streamed.statusCode, streamed.isRetryable]).toEqual([
    whole.message,
    whole.statusCode,
    whole.isRetryable,
  ])
  return whole
}

const thrown = (error: unknown) => () => {
  throw error
}

/** Cloudflare's table, with what the AI SDK retries. */
const codes: [number, number, boolean][] = [
  [5007, 400, false],
  [5004, 400, false],
  [3039, 400, false],
  [3003, 400, false],
  [5018, 403, false],
  [5016, 403, false],
  [3023, 403, false],
  [3041, 403, false],
  [5019, 405, false],
  [5005, 405, false],
  [3042, 404, false],
  [3006, 413, false],
  [5021, 413, false],
  [3007, 408, true],
  [3008, 408, true],
  [3036, 429, true],
  [3040, 429, true],
]

describe('an error that the binding throws', () => {
  test.each(codes)('with the number %i has status %i', async (code, status, isRetryable) => {
    const cause = new Error(`${code}: It failed.`)
    const error = await errorOf(thrown(cause))
    expect(error).toMatchObject({
      statusCode: status,
      isRetryable,
      message: cause.message,
      data: { workersAIErrorCode: code },
    })
    expect(error.cause).toBe(cause)
    expect(error.url).toBe('workers-ai:run/@cf/meta/llama-3.1-8b-instruct')
    expect(error.requestBodyValues).toMatchObject({ messages: [{ role: 'user', content: 'Hi' }] })
  })

  test.each([
    ['behind a name', new Error('InferenceUpstreamError: 3040: Capacity exceeded'), 429],
    ['behind another number', new Error('request 1234: 3040: Capacity exceeded'), 429],
    ['as a property', Object.assign(new Error('Capacity exceeded'), { code: 3040 }), 429],
    ['as a property that is text', Object.assign(new Error('Capacity exceeded'), { code: '3040' }), 429],
    ['in a plain object', { message: '5007: No such model' }, 400],
    ['in text', '5007: No such model', 400],
  ])('has its number %s', async (_, error, status) => {
    expect((await errorOf(thrown(error))).statusCode).toBe(status)
  })

  test.each([new Error('Something else'), new Error('8080: a port'), undefined])(
    'without a known number has no status and is not retried: %s',
    async (error) => {
      const { statusCode, isRetryable } = await errorOf(thrown(error))
      expect([statusCode, isRetryable]).toEqual([undefined, false])
    },
  )

  test.each([new TypeError('fetch failed'), Object.assign(new Error('Network connection lost.'), { retryable: true })])(
    'is retried where the connection was lost: %s',
    async (error) => {
      expect((await errorOf(thrown(error))).isRetryable).toBe(true)
    },
  )
})

describe('a response that reports an error', () => {
  test('has its status, number, headers and body', async () => {
    const body = { result: null, success: false, errors: [{ code: 3040, message: 'Capacity exceeded.' }], messages: [] }
    const error = await errorOf(() => jsonResponse(body, { status: 429, headers: { 'retry-after': '7' } }))
    expect(error).toMatchObject({
      message: '3040: Capacity exceeded.',
      statusCode: 429,
      isRetryable: true,
      data: { workersAIErrorCode: 3040 },
      responseBody: JSON.stringify(body),
    })
    expect(error.responseHeaders).toMatchObject({ 'retry-after': '7' })
  })

  test.each([
    ["the gateway's list", { success: false, error: [{ code: 2009, message: 'Unauthorized' }] }, '2009: Unauthorized'],
    ["the binding's own", { internalCode: 1001, message: 'm', name: 'InvalidInput', description: 'd' }, '1001: m'],
    ["OpenAI's", { error: { message: 'No such model.', code: 'model_not_found' } }, 'No such model.'],
    ['plain words', { error: 'Request not found' }, 'Request not found'],
  ])('in the form of %s has its words', async (_, body, message) => {
    expect((await errorOf(() => jsonResponse(body, { status: 400 }))).message).toBe(message)
  })

  test('need not be JSON, or say anything', async () => {
    const html = () => new Response('<h1>Bad Gateway</h1>', { status: 502 })
    expect(await errorOf(html)).toMatchObject({ statusCode: 502, isRetryable: true, message: '<h1>Bad Gateway</h1>' })
    expect((await errorOf(() => new Response(null, { status: 503 }))).message).toBe('HTTP 503')
  })

  test('is retried where the gateway says so, whatever the status', async () => {
    const body = { success: false, errors: [{ code: 5006, message: 'x' }], gw: { retryable: true } }
    expect((await errorOf(() => jsonResponse(body, { status: 400 }))).isRetryable).toBe(true)
  })

  test.each([
    ['an envelope', () => jsonResponse({ success: false, errors: [{ code: 3036, message: 'Used up.' }] }), 429],
    ['an object of the binding', { success: false, errors: [{ code: 3036, message: 'Used up.' }] }, 429],
    ['an envelope without a number', () => jsonResponse({ success: false, result: null }), undefined],
  ])('may be %s with status 200', async (_, result, status) => {
    expect((await errorOf(result)).statusCode).toBe(status)
  })
})

describe('a cancellation', () => {
  test.each(['AbortError', 'TimeoutError', 'ResponseAborted'])('of the name %s passes as it is', async (name) => {
    const error = Object.assign(new Error('stop'), { name })
    await expect(chatModel(thrown(error)).model.doGenerate({ prompt: hello })).rejects.toBe(error)
  })

  test('before the call sends nothing', async () => {
    const { model, runs } = chatModel({ response: 'x' })
    const abortSignal = AbortSignal.abort(new Error('too late'))
    await expect(model.doGenerate({ prompt: hello, abortSignal })).rejects.toThrow('too late')
    await expect(model.doStream({ prompt: hello, abortSignal })).rejects.toThrow('too late')
    expect(runs).toEqual([])
  })

  test('ends the wait at once although the binding does not listen, and lets its late answer go', async () => {
    const controller = new AbortController()
    const late = deferred<Response>()
    const { model } = chatModel(() => late.promise)
    const call = model.doStream({ prompt: hello, abortSignal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
    const cancelled = deferred<void>()
    late.resolve(new Response(new ReadableStream({ cancel: () => cancelled.resolve() })))
    await cancelled.promise
  })
})

test('a gateway that the runtime cannot send files through is explained', async () => {
  const error = await errorOf(thrown(new Error('AI Gateway does not support ReadableStreams yet.')))
  expect(error.message).toContain('no `gateway`')
})
