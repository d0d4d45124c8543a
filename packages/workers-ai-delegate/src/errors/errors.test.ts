import { APICallError } from '@ai-sdk/provider'
import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import { describe, expect, test } from 'vitest'
import { WorkersAIGatewayError as Published } from 'workers-ai-provider'
import { InferenceUpstreamError } from '../bindings/binding-errors.ts'
import { classifyStatus } from './classify-status.ts'
import { extractErrorMessage } from './extract-error-message.ts'
import { WorkersAIFallbackError } from './workers-ai-fallback-error.ts'
import { WorkersAIGatewayError } from './workers-ai-gateway-error.ts'

test.each([
  [400, 'bad-request', false],
  [401, 'auth', false],
  [402, 'auth', false],
  [403, 'auth', false],
  [404, 'not-found', false],
  [408, 'provider-error', true],
  [409, 'provider-error', true],
  [413, 'bad-request', false],
  [418, 'unknown', false],
  [422, 'bad-request', false],
  [429, 'rate-limit', true],
  [500, 'provider-error', true],
  [529, 'provider-error', true],
])('status %d is %s, recoverable: %s', (status, code, recoverable) => {
  expect(classifyStatus(status)).toEqual({ code, recoverable })
})

describe('the message of a body', () => {
  test.each<[unknown, string | undefined]>([
    [{ success: false, errors: [{ code: 7003, message: 'no model' }] }, 'no model'],
    [{ success: false, error: [{ code: 2009, message: 'Unauthorized' }], result: [] }, 'Unauthorized'],
    [{ error: { message: 'bad', type: 'x' } }, 'bad'],
    [{ error: 'Request not found' }, 'Request not found'],
    [{ message: 'plain' }, 'plain'],
    [{ errors: [], error: { message: 'second' } }, 'second'],
    [{ internalCode: 5007, description: 'No such model' }, 'No such model'],
    [[{ error: { code: 429, message: 'quota' } }], 'quota'],
    ['{"error":{"message":"in text"}}', 'in text'],
    ['<html>Bad gateway</html>', '<html>Bad gateway</html>'],
    ['x'.repeat(900), 'x'.repeat(500)],
    ['  ', undefined],
    [{ code: 1 }, undefined],
    [undefined, undefined],
    [null, undefined],
    [7, undefined],
  ])('%j', (raw, message) => {
    expect(extractErrorMessage(raw)).toBe(message)
  })
})

describe('an error of a response', () => {
  test('tells status, message, body and the gateway’s ids', async () => {
    const body = { success: false, error: [{ code: 2009, message: 'Unauthorized' }] }
    const headers = { 'cf-aig-log-id': 'l', 'cf-aig-run-id': 'r' }
    const response = Response.json(body, { status: 401, headers })
    expect(await WorkersAIGatewayError.fromResponse(response, { provider: 'openai' })).toMatchObject({
      name: 'WorkersAIGatewayError',
      message: 'Unauthorized',
      code: 'auth',
      recoverable: false,
      status: 401,
      raw: body,
      context: { provider: 'openai', status: 401, logId: 'l', runId: 'r' },
    })
  })

  test('has a message although the body is empty', async () => {
    const error = await WorkersAIGatewayError.fromResponse(new Response('', { status: 503 }))
    expect(error).toMatchObject({ message: 'The gateway answered with HTTP 503.', recoverable: true, raw: '' })
  })
})

describe('an error of anything thrown', () => {
  const call = (statusCode: number, more: object = {}) =>
    new APICallError({ message: 'refused', url: 'u', requestBodyValues: {}, statusCode, ...more })

  test.each([
    ['a call that failed', call(500)],
    ['a call with a body', call(400, { responseBody: '{"error":{"message":"bad"}}' })],
    ['a call that says it may be repeated', call(404, { isRetryable: true })],
    ['a lost connection', new TypeError('fetch failed')],
    ['a text', 'oops'],
  ])('is classified as published: %s', (_, thrown) => {
    const { code, recoverable, status, message, cause } = Published.fromUnknown(thrown)
    expect(WorkersAIGatewayError.fromUnknown(thrown)).toMatchObject({ code, recoverable, status, message, cause })
  })

  test('is itself when it is one already', () => {
    const error = new WorkersAIGatewayError('auth', 'no')
    expect(WorkersAIGatewayError.fromUnknown(error)).toBe(error)
  })

  test.each<[unknown, object]>([
    [new InferenceUpstreamError('3040: Capacity exceeded'), { code: 'rate-limit', status: 429, recoverable: true }],
    [new InferenceUpstreamError('5007: No such model'), { code: 'bad-request', status: 400, recoverable: false }],
    [new GatewayDelegateError('resume-expired', 'gone'), { code: 'resume-expired', recoverable: true, status: null }],
    [new GatewayDelegateError('config', 'wrong'), { code: 'bad-request', recoverable: false }],
    [new DOMException('stop', 'AbortError'), { code: 'unknown', recoverable: false, status: null }],
    [call(402), { code: 'auth', recoverable: false }],
    [call(409), { code: 'provider-error', recoverable: true }],
  ])('knows the errors of bindings, streams and cancellations: %s', (thrown, expected) => {
    expect(WorkersAIGatewayError.fromUnknown(thrown)).toMatchObject(expected)
  })
})

test('a fallback error names the models and the last reason', () => {
  const last = new WorkersAIGatewayError('auth', 'no')
  const error = new WorkersAIFallbackError([
    { model: 'a/b', transport: 'run', ok: false, error: new WorkersAIGatewayError('unknown', 'x') },
    { model: 'c/d', transport: 'gateway', ok: false, error: last },
  ])
  expect(error).toMatchObject({
    name: 'WorkersAIFallbackError',
    message: 'All fallback models failed: a/b → c/d.',
    cause: last,
  })
  expect(error.lastError).toBe(last)
  expect(new WorkersAIFallbackError([]).lastError).toBeUndefined()
})
