import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { APICallError, embed, generateText, RetryError } from 'ai'
import { describe, expect, test } from 'vitest'
import { createFakeGateway, type Answerer } from './__fixtures__/fake-gateway.ts'
import {
  AiGatewayDoesNotExist,
  AiGatewayError,
  AiGatewayInternalFetchError,
  AiGatewayUnauthorizedError,
  createAiGateway,
} from './index.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })
const anthropic = createAnthropic({ apiKey: 'sk-anthropic' })
const ask = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }] }

function setUp(answer: Answerer) {
  const fake = createFakeGateway(answer)
  return { fake, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', apiKey: 'gw-key', fetch: fake.fetch }) }
}

const envelope = (code: number, message: string, key: 'error' | 'errors' = 'error') => ({
  success: false,
  result: [],
  messages: [],
  [key]: [{ code, message }],
})

async function errorOf(answer: Answerer): Promise<unknown> {
  const { gateway } = setUp(answer)
  return Promise.resolve(gateway(openai('gpt-5')).doGenerate(ask)).catch((error: unknown) => error)
}

describe('the gateway’s own errors', () => {
  test.each([
    ['a missing gateway', 400, 2001, AiGatewayDoesNotExist, 'AiGatewayDoesNotExist', false],
    ['a refused key', 401, 2009, AiGatewayUnauthorizedError, 'AiGatewayUnauthorizedError', false],
    ['throttling', 429, 2003, AiGatewayError, 'AiGatewayError', true],
    ['a failure', 500, 2002, AiGatewayError, 'AiGatewayError', true],
    ['no credit', 402, 2021, AiGatewayError, 'AiGatewayError', false],
    ['a blocked prompt', 424, 2016, AiGatewayError, 'AiGatewayError', false],
    ['2009 with another status', 429, 2009, AiGatewayError, 'AiGatewayError', true],
  ])('%s', async (...[, status, code, type, name, isRetryable]) => {
    const headers = { 'cf-aig-log-id': 'log', 'gw-attempts': '2', 'retry-after': '7' }
    const error = await errorOf(() => Response.json(envelope(code, 'the reason'), { status, headers }))
    expect(error).toBeInstanceOf(type)
    expect(APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      name,
      code,
      statusCode: status,
      isRetryable,
      retryAfter: 7,
      logId: 'log',
      attempts: 2,
      url: 'https://gateway.ai.cloudflare.com/v1/acc/gw',
      responseHeaders: { 'retry-after': '7' },
    })
  })

  test.each(['error', 'errors'] as const)('are read from `%s`', async (key) => {
    const error = await errorOf(() => Response.json(envelope(2002, 'the reason', key), { status: 500 }))
    expect(error).toMatchObject({ message: 'the reason', code: 2002 })
  })

  test('say whether a retry can help, where our gateway knows', async () => {
    const gw = { type: 'quota_exceeded', retryable: false, log_id: 'log', attempts: [{}, {}] }
    const error = await errorOf(() => Response.json({ ...envelope(2045, 'spent'), gw }, { status: 429 }))
    expect(error).toMatchObject({ code: 2045, isRetryable: false })
  })

  test.each([
    [400, 2001, '`gateway` and `accountId`'],
    [401, 2009, '`apiKey`'],
  ])('with status %i and code %i say what to do, and what the gateway says', async (status, code, advice) => {
    const error = await errorOf(() => Response.json(envelope(code, 'Expired on Monday.'), { status }))
    expect(error).toMatchObject({ message: expect.stringContaining(advice) })
    expect(error).toMatchObject({ message: expect.stringContaining('Expired on Monday.') })
  })

  test('hold neither key nor prompt', async () => {
    const error = await errorOf(() => Response.json(envelope(2009, 'no'), { status: 401 }))
    const { message = '', stack = '' } = error instanceof Error ? error : {}
    expect(`${message}${stack}${JSON.stringify(error)}`).not.toMatch(/sk-openai|Bearer|"hi"/)
  })

  test('can be made by tests of callers as before', () => {
    expect(new AiGatewayDoesNotExist('x')).toMatchObject({ message: 'x', code: 2001, name: 'AiGatewayDoesNotExist' })
    expect(new AiGatewayUnauthorizedError('x')).toMatchObject({ message: 'x', code: 2009 })
    expect(new AiGatewayInternalFetchError('x').name).toBe('AiGatewayInternalFetchError')
  })

  test('hold for every kind of model', async () => {
    const { gateway } = setUp(() => Response.json(envelope(2001, 'none'), { status: 400 }))
    const call = embed({ model: gateway.embeddingModel(openai.embeddingModel('e')), value: 'x' })
    await expect(call).rejects.toBeInstanceOf(AiGatewayDoesNotExist)
  })
})

describe('a provider’s errors', () => {
  test('are read by the parser of the model that failed last', async () => {
    const body = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    const { gateway } = setUp((_, step) =>
      step === 0 ? Response.json({}, { status: 500 }) : Response.json(body, { status: 529 }),
    )
    const call = gateway([openai('gpt-5'), anthropic('claude')]).doGenerate(ask)
    await expect(call).rejects.toMatchObject({
      name: 'AI_APICallError',
      message: 'Overloaded',
      statusCode: 529,
      isRetryable: true,
      url: 'https://api.anthropic.com/v1/messages',
    })
  })

  test('that only look like the gateway’s stay the provider’s', async () => {
    const body = { error: { message: 'Invalid API key', code: 2009 } }
    const error = await errorOf(() => Response.json(body, { status: 401 }))
    expect(error).not.toBeInstanceOf(AiGatewayError)
    expect(error).toMatchObject({ name: 'AI_APICallError', message: 'Invalid API key', statusCode: 401 })
  })

  test('say what the gateway said, where no log shows it', async () => {
    const headers = { 'cf-aig-log-id': 'log', 'gw-attempts': '3' }
    const error = await errorOf(() => Response.json({ error: { message: 'no' } }, { status: 403, headers }))
    expect(error).toMatchObject({ gateway: { step: 0, logId: 'log', attempts: 3, provider: 'openai' } })
    expect(Object.keys(Object(error))).not.toContain('gateway')
    expect(error).toMatchObject({ responseHeaders: { 'cf-aig-log-id': 'log' } })
  })

  test('can be HTML', async () => {
    const error = await errorOf(() => new Response('<html>Bad gateway</html>', { status: 502 }))
    expect(error).toMatchObject({ name: 'AI_APICallError', statusCode: 502, isRetryable: true })
  })
})

describe('a step that makes no sense', () => {
  test.each(['7', '-1', 'one', '0.5'])('%j', async (step) => {
    const headers = { 'cf-aig-step': step }
    const error = await errorOf(() => Response.json({}, { headers }))
    expect(error).toMatchObject({ name: 'AiGatewayError', code: 'invalid_step', isRetryable: false })
  })
})

describe('a gateway that can’t be reached', () => {
  test('is an error that is tried again', async () => {
    const cause = new TypeError('fetch failed')
    const error = await errorOf(() => {
      throw cause
    })
    expect(error).toMatchObject({
      code: 'unreachable',
      isRetryable: true,
      message: expect.stringContaining('gateway.ai.cloudflare.com'),
    })
    expect(error instanceof Error && error.cause).toBe(cause)
  })

  test('is so in the words of every runtime, and over a binding', async () => {
    const lost = new Error('Network connection lost.')
    const expected = { name: 'AiGatewayError', code: 'unreachable', isRetryable: true, cause: lost }
    const error = await errorOf(() => {
      throw lost
    })
    expect(error).toMatchObject(expected)
    const binding = { run: () => Promise.reject(lost) }
    await expect(createAiGateway({ binding })(openai('gpt-5')).doGenerate(ask)).rejects.toMatchObject(expected)
  })
})

describe('a gateway that redirects', () => {
  test('is not followed: the request holds secrets', async () => {
    const { fake, gateway } = setUp(() => new Response(null, { status: 307, headers: { location: 'https://x.test/' } }))
    await expect(gateway(openai('gpt-5')).doGenerate(ask)).rejects.toMatchObject({
      name: 'AiGatewayError',
      code: 'redirected',
      isRetryable: false,
    })
    expect(fake.sent.map(({ redirect }) => redirect)).toEqual(['manual'])
  })
})

describe('the AI SDK', () => {
  test('repeats what may pass, and gets an answer', async () => {
    let count = 0
    const { fake, gateway } = setUp(() => {
      count += 1
      return count === 1
        ? Response.json(envelope(2003, 'slow'), { status: 429, headers: { 'retry-after-ms': '1' } })
        : undefined
    })
    const { text } = await generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })
    expect(text).toBe('Hello')
    expect(fake.sent).toHaveLength(2)
  })

  test('gives up after its retries with every error', async () => {
    const { fake, gateway } = setUp(() =>
      Response.json({ error: { message: 'busy' } }, { status: 503, headers: { 'retry-after-ms': '1' } }),
    )
    const call = generateText({ model: gateway(openai('gpt-5')), prompt: 'hi', maxRetries: 1 })
    await expect(call).rejects.toSatisfy((error) => RetryError.isInstance(error) && error.errors.length === 2)
    expect(fake.sent).toHaveLength(2)
  })

  test.each([
    [401, envelope(2009, 'no')],
    [400, envelope(2001, 'none')],
    [401, { error: { message: 'no' } }],
  ])('does not repeat a %i: %o', async (status, body) => {
    const { fake, gateway } = setUp(() => Response.json(body, { status }))
    await expect(generateText({ model: gateway(openai('gpt-5')), prompt: 'hi' })).rejects.toMatchObject({
      statusCode: status,
    })
    expect(fake.sent).toHaveLength(1)
  })

  test('passes a cancellation through as it is', async () => {
    const reason = new DOMException('The user left.', 'AbortError')
    const { fake, gateway } = setUp(() => undefined)
    const call = generateText({ model: gateway(openai('gpt-5')), prompt: 'hi', abortSignal: AbortSignal.abort(reason) })
    await expect(call).rejects.toBe(reason)
    expect(fake.sent.length).toBeLessThanOrEqual(1)
  })
})
