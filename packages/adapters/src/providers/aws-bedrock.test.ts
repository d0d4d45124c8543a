import { describe, expect, test } from 'vitest'
import type { ErrorType } from '../error-type.ts'
import { findChatApi } from '../provider.ts'
import { readProviderError } from '../read-provider-error.ts'
import { matchUrl, toNativeUrl } from '../registry.ts'
import { awsBedrock } from './aws-bedrock.ts'

const claude = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'

describe('URLs', () => {
  test.each([
    [
      claude,
      false,
      'https://bedrock-runtime.{region=us-east-1}.amazonaws.com/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse',
    ],
    [
      'amazon.nova-lite-v1:0',
      true,
      'https://bedrock-runtime.{region=us-east-1}.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse-stream',
    ],
    [
      'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc123',
      false,
      'https://bedrock-runtime.eu-west-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A123456789012%3Aapplication-inference-profile%2Fabc123/converse',
    ],
    [
      'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0',
      false,
      'https://bedrock-runtime.us-gov-west-1.amazonaws.com/model/arn%3Aaws-us-gov%3Abedrock%3Aus-gov-west-1%3A%3Afoundation-model%2Famazon.nova-lite-v1%3A0/converse',
    ],
  ])('%s, stream %s', (model, stream, url) => {
    expect(awsBedrock.chatUrl(model, stream)).toBe(url)
  })

  test.each([
    [
      'bedrock-runtime/eu-west-1/model/a%3A0/converse',
      'https://bedrock-runtime.eu-west-1.amazonaws.com/model/a%3A0/converse',
    ],
    ['bedrock-runtime/eu-west-1//model/a/converse', 'https://bedrock-runtime.eu-west-1.amazonaws.com/model/a/converse'],
    ['bedrock-mantle/us-east-1/v1/responses', 'https://bedrock-mantle.us-east-1.api.aws/v1/responses'],
    ['model/a/converse', 'https://bedrock-runtime.{region=us-east-1}.amazonaws.com/model/a/converse'],
  ])('the native path %s', (path, url) => {
    expect(toNativeUrl(awsBedrock, path)).toBe(url)
  })

  test("a URL of Amazon's own is such a path", () => {
    const match = matchUrl('https://bedrock-runtime.eu-west-1.amazonaws.com/model/a%3A0/converse')
    expect([match?.entry.id, match?.path]).toEqual(['aws-bedrock', 'bedrock-runtime/eu-west-1/model/a%3A0/converse'])
  })
})

describe('Claude', () => {
  test('answers callers of the Messages API in their own words, and all others by Converse', () => {
    const idOf = (model: string, caller: string) => findChatApi(awsBedrock, model, caller)?.wire.id
    expect(idOf(claude, 'anthropic-messages')).toBe('anthropic-messages')
    expect(idOf(claude, 'openai-chat')).toBe('bedrock-converse')
    expect(idOf('amazon.nova-lite-v1:0', 'anthropic-messages')).toBe('bedrock-converse')
  })

  test('is invoked with the version in the body, and model and streaming in the URL', () => {
    const api = findChatApi(awsBedrock, claude, 'anthropic-messages')
    const body = { model: claude, stream: true, max_tokens: 5, messages: [] }
    expect(api?.encode?.(body, { model: claude, stream: true })).toEqual({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 5,
      messages: [],
    })
    expect(api?.chatUrl?.(claude, true)).toMatch(/claude-sonnet-4-5-20250929-v1%3A0\/invoke-with-response-stream$/)
  })
})

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
const errors: [string, number, string, ErrorType][] = [
  ['ThrottlingException', 429, 'Too many requests, please wait before trying again.', 'rate_limit'],
  ['ThrottlingException', 429, 'Too many tokens, please wait before trying again.', 'rate_limit'],
  ['ThrottlingException', 429, 'Too many tokens per day, please wait before trying again.', 'quota_exceeded'],
  ['ServiceQuotaExceededException', 400, 'Your request exceeds the service quota.', 'quota_exceeded'],
  ['ModelNotReadyException', 429, 'The model is not ready.', 'rate_limit'],
  ['AccessDeniedException', 403, "You don't have access to the model with the specified model ID.", 'auth'],
  ['ExpiredTokenException', 403, 'The security token included in the request is expired', 'auth'],
  ['UnrecognizedClientException', 403, 'The security token included in the request is invalid.', 'auth'],
  ['InvalidSignatureException', 403, 'The request signature we calculated does not match.', 'auth'],
  ['ResourceNotFoundException', 404, 'This model version has reached the end of its life.', 'model_not_found'],
  ['ValidationException', 400, 'The provided model identifier is invalid.', 'model_not_found'],
  [
    'ValidationException',
    400,
    'Invocation of model ID x with on-demand throughput isn’t supported. Retry with an inference profile.',
    'model_not_found',
  ],
  ['ValidationException', 400, 'Input is too long for requested model.', 'context_length'],
  [
    'ValidationException',
    400,
    'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length.',
    'context_length',
  ],
  ['ValidationException', 400, 'Output blocked by content filtering policy', 'content_filter'],
  ['ValidationException', 400, 'The toolConfig field must be defined.', 'invalid_request'],
  ['ModelTimeoutException', 408, 'The request took too long to process.', 'timeout'],
  ['ModelErrorException', 424, 'The request failed due to an error while processing the model.', 'upstream_error'],
  ['InternalServerException', 500, 'An internal server error occurred.', 'upstream_error'],
  ['ServiceUnavailableException', 503, 'The service isn’t currently available.', 'upstream_error'],
]

test.each(errors)('%s %i "%s" is %s', (...[name, status, message, type]) => {
  const headers = new Headers({ 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/` })
  const error = readProviderError({ status, headers, body: JSON.stringify({ message }) })
  expect([awsBedrock.classify?.(error) ?? error.type, error.nativeType, error.message]).toEqual([type, name, message])
})
