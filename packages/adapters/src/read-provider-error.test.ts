import { describe, expect, test } from 'vitest'
import type { ErrorType } from './error-type.ts'
import { isObject, type JsonObject } from './json.ts'
import { readProviderError, readStreamError } from './read-provider-error.ts'

type Shape = [vendor: string, status: number, body: JsonObject | string]

const rejected = 'Incorrect API key provided: sk-***. You can find your API key at https://example.com/keys.'

/** Real answers, by what they mean. */
const shapes: Record<ErrorType, Shape[]> = {
  rate_limit: [
    [
      'OpenAI',
      429,
      {
        error: {
          message: 'Rate limit reached for gpt-5 in organization org-1 on tokens per min (TPM).',
          type: 'tokens',
          param: null,
          code: 'rate_limit_exceeded',
        },
      },
    ],
    [
      'Anthropic',
      429,
      {
        type: 'error',
        error: {
          type: 'rate_limit_error',
          message: 'This request would exceed the rate limit for your organization of 50 requests per minute.',
        },
      },
    ],
    ['Azure', 429, { error: { code: 'RateLimitReached', message: 'Your requests have exceeded rate limit.' } }],
    ['Bedrock', 429, { message: 'Too many requests, please wait before trying again.' }],
    [
      'Mistral',
      429,
      { object: 'error', message: 'Rate limit exceeded', type: 'rate_limited', param: null, code: '1300' },
    ],
    [
      'OpenRouter',
      429,
      {
        error: {
          code: 429,
          message: 'Provider returned error',
          metadata: { raw: 'x is temporarily rate-limited upstream.' },
        },
      },
    ],
    [
      'Workers AI',
      429,
      {
        success: false,
        errors: [{ code: 3040, message: 'Capacity temporarily exceeded, please try again.' }],
        result: null,
      },
    ],
    [
      'Google',
      429,
      {
        error: { code: 429, message: 'Resource has been exhausted (e.g. check quota).', status: 'RESOURCE_EXHAUSTED' },
      },
    ],
  ],
  quota_exceeded: [
    [
      'OpenAI',
      429,
      {
        error: {
          message: 'You exceeded your current quota, please check your plan and billing details.',
          type: 'insufficient_quota',
          param: null,
          code: 'insufficient_quota',
        },
      },
    ],
    [
      'Anthropic',
      400,
      {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message:
            'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade.',
        },
      },
    ],
    [
      'DeepSeek',
      402,
      { error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' } },
    ],
    [
      'OpenRouter',
      402,
      { error: { message: 'Insufficient credits. Add more using https://openrouter.ai/credits', code: 402 } },
    ],
    [
      'ElevenLabs',
      401,
      {
        detail: { status: 'quota_exceeded', message: 'This request exceeds your quota. You have 3 credits remaining.' },
      },
    ],
    [
      'Workers AI',
      429,
      {
        success: false,
        errors: [{ code: 3036, message: 'you have used up your daily free allocation of 10,000 neurons' }],
      },
    ],
  ],
  auth: [
    [
      'OpenAI',
      401,
      { error: { message: rejected, type: 'invalid_request_error', param: null, code: 'invalid_api_key' } },
    ],
    ['Anthropic', 401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }],
    [
      'Google',
      400,
      {
        error: {
          code: 400,
          message: 'API key not valid. Please pass a valid API key.',
          status: 'INVALID_ARGUMENT',
          details: [{ reason: 'API_KEY_INVALID' }],
        },
      },
    ],
    ['xAI', 400, { code: 'invalid-argument', error: rejected }],
    ['Mistral', 401, { detail: 'Invalid API Key' }],
    ['Cohere', 401, { id: 'e1', message: rejected }],
    ['Hugging Face', 401, { error: 'Invalid username or password.' }],
    [
      'Replicate',
      401,
      { title: 'Unauthenticated', detail: 'You did not pass a valid authentication token', status: 401 },
    ],
    ['Workers AI', 401, { success: false, errors: [{ code: 10_000, message: 'Authentication error' }], result: null }],
    ['OpenRouter', 401, { error: { message: 'Missing Authentication header', code: 401 } }],
    [
      'Vertex',
      403,
      {
        error: {
          code: 403,
          message: "Permission 'aiplatform.endpoints.predict' denied on resource.",
          status: 'PERMISSION_DENIED',
        },
      },
    ],
  ],
  model_not_found: [
    [
      'OpenAI',
      404,
      {
        error: {
          message: 'The model `gpt-9` does not exist or you do not have access to it.',
          type: 'invalid_request_error',
          param: null,
          code: 'model_not_found',
        },
      },
    ],
    ['Anthropic', 404, { type: 'error', error: { type: 'not_found_error', message: 'model: claude-9' } }],
    [
      'Google',
      404,
      {
        error: {
          code: 404,
          message: 'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
          status: 'NOT_FOUND',
        },
      },
    ],
    [
      'Mistral',
      400,
      { object: 'error', message: 'Invalid model: x', type: 'invalid_model', param: null, code: '1500' },
    ],
    ['OpenRouter', 400, { error: { code: 400, message: 'openai/gpt-9 is not a valid model ID' } }],
    [
      'Groq',
      400,
      {
        error: {
          message: 'The model `x` has been decommissioned and is no longer supported.',
          type: 'invalid_request_error',
          code: 'model_decommissioned',
        },
      },
    ],
    [
      'Azure',
      404,
      { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } },
    ],
    [
      'Workers AI',
      400,
      { success: false, errors: [{ code: 5007, message: 'No such model @cf/x/y or task' }], result: null },
    ],
    ['Baseten', 404, { error: 'model not found' }],
  ],
  context_length: [
    [
      'OpenAI',
      400,
      {
        error: {
          message: "This model's maximum context length is 128000 tokens.",
          type: 'invalid_request_error',
          param: 'messages',
          code: 'context_length_exceeded',
        },
      },
    ],
    [
      'Anthropic',
      400,
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
      },
    ],
    [
      'Google',
      400,
      {
        error: {
          code: 400,
          message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
    [
      'Cohere',
      400,
      { message: 'too many tokens: size limit exceeded by 25836 tokens.', error_type: 'TOO_MANY_TOKENS' },
    ],
    [
      'Perplexity',
      400,
      {
        error: { message: 'The total length of all messages is too long.', type: 'too_many_prompt_tokens', code: 400 },
      },
    ],
    ['Bedrock', 400, { message: 'Input is too long for requested model.' }],
    [
      'Anthropic',
      413,
      { type: 'error', error: { type: 'request_too_large', message: 'Request exceeds the maximum size' } },
    ],
  ],
  content_filter: [
    [
      'Azure',
      400,
      {
        error: {
          message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
          type: null,
          param: 'prompt',
          code: 'content_filter',
          innererror: { code: 'ResponsibleAIPolicyViolation' },
        },
      },
    ],
    [
      'OpenAI',
      400,
      {
        error: {
          message: 'Your request was rejected as a result of our safety system.',
          type: 'image_generation_user_error',
          param: null,
          code: 'moderation_blocked',
        },
      },
    ],
    [
      'OpenRouter',
      403,
      { error: { code: 403, message: 'Your chosen model requires moderation and your input was flagged' } },
    ],
  ],
  invalid_request: [
    [
      'OpenAI',
      400,
      {
        error: {
          message: "Invalid 'messages': empty array.",
          type: 'invalid_request_error',
          param: 'messages',
          code: 'empty_array',
        },
      },
    ],
    [
      'Anthropic',
      400,
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'tools.0.custom.input_schema.type: Field required' },
      },
    ],
    [
      'Mistral',
      422,
      { detail: [{ type: 'extra_forbidden', loc: ['body', 'user'], msg: 'Extra inputs are not permitted' }] },
    ],
    [
      'Google',
      400,
      {
        error: {
          code: 400,
          message: 'Unable to submit request because it has a temperature value of 1000.',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
    ['LM Studio', 400, { error: "'messages' array must not be empty" }],
    [
      'Groq',
      400,
      {
        error: {
          message: 'Tool call validation failed',
          type: 'invalid_request_error',
          code: 'tool_use_failed',
          failed_generation: '{}',
        },
      },
    ],
    [
      'Workers AI',
      400,
      { success: false, errors: [{ code: 5006, message: "Error: required properties at '/' are 'prompt'" }] },
    ],
  ],
  timeout: [
    ['OpenAI', 408, { error: { message: 'Request timed out.', type: 'timeout', param: null, code: null } }],
    [
      'Google',
      504,
      {
        error: { code: 504, message: 'Deadline expired before operation could complete.', status: 'DEADLINE_EXCEEDED' },
      },
    ],
    ['Anthropic', 504, { type: 'error', error: { type: 'timeout_error', message: 'Request timed out' } }],
    ['a proxy', 504, '<html><body>504 Gateway Time-out</body></html>'],
  ],
  upstream_error: [
    [
      'OpenAI',
      500,
      {
        error: {
          message: 'The server had an error while processing your request.',
          type: 'server_error',
          param: null,
          code: null,
        },
      },
    ],
    ['Anthropic', 529, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    [
      'Google',
      503,
      { error: { code: 503, message: 'The model is overloaded. Please try again later.', status: 'UNAVAILABLE' } },
    ],
    ['Hugging Face', 503, { error: 'Model x is currently loading', estimated_time: 20 }],
    ['a proxy', 502, '<html><head><title>502 Bad Gateway</title></head></html>'],
    ['a proxy', 503, ''],
    ['OpenRouter', 502, { error: { code: 502, message: 'Provider returned an invalid API key error' } }],
  ],
}

const rows = Object.entries(shapes).flatMap(([type, answers]) => answers.map(([...answer]) => ({ type, answer })))

test.each(rows.map((row) => [row.answer[0], row.answer[1], row.type, row] as const))(
  '%s %i is %s',
  (...[, , , { type, answer }]) => {
    const [, status, body] = answer
    const text = isObject(body) ? JSON.stringify(body) : body
    expect(readProviderError({ status, body: text })).toMatchObject({ type, status })
  },
)

describe('an error', () => {
  test('keeps the words of the provider', () => {
    const body = { error: { message: 'No.', type: 'invalid_request_error', param: 'messages', code: 'empty_array' } }
    expect(readProviderError({ status: 400, body: JSON.stringify(body) })).toEqual({
      type: 'invalid_request',
      status: 400,
      message: 'No.',
      code: 'empty_array',
      nativeType: 'invalid_request_error',
      param: 'messages',
      body,
    })
  })

  test.each<[string, unknown, string]>([
    ['a nested message', { error: { message: { message: 'Deep.' } } }, 'Deep.'],
    ['a text', { error: 'Flat.' }, 'Flat.'],
    ['a detail', { detail: 'Detail.' }, 'Detail.'],
    ['a list of details', { detail: [{ msg: 'First.' }, { msg: 'Second.' }] }, 'First.'],
    ['a title', { title: 'Title.' }, 'Title.'],
    ['a list', [{ error: { message: 'Listed.' } }], 'Listed.'],
    ["Cloudflare's `errors`", { errors: [{ code: 1, message: 'Cloud.' }] }, 'Cloud.'],
    ["Cloudflare's `error` list", { error: [{ code: 1, message: 'Gate.' }] }, 'Gate.'],
    ['nothing at all', {}, 'The provider answered HTTP 400.'],
  ])('finds its message in %s', (_, body, message) => {
    expect(readProviderError({ status: 400, body: JSON.stringify(body) }).message).toBe(message)
  })

  test('is not told by words of the caller, which the provider repeats in quotes', () => {
    const typeOf = (message: string, status = 400) =>
      readProviderError({ status, body: JSON.stringify({ error: { message } }) }).type
    expect(typeOf("Invalid value: 'unknown model'. Supported values are: 'user' and 'assistant'.")).toBe(
      'invalid_request',
    )
    expect(typeOf('"x" invalid api key "y" is no role.', 422)).toBe('invalid_request')
    expect(typeOf("The model 'x' does not exist.")).toBe('model_not_found')
    expect(typeOf("The model `x` is not found, or you don't have access.")).toBe('model_not_found')
    expect(typeOf('API key not valid. Please pass a valid API key.')).toBe('auth')
  })

  test('has a plain text as its message, but no HTML page', () => {
    expect(readProviderError({ status: 400, body: ' upstream gone ' }).message).toBe('upstream gone')
    expect(readProviderError({ status: 502, body: '<!doctype html><p>x' }).message).toBe(
      'The provider answered HTTP 502.',
    )
    expect(readProviderError({ status: 400, body: 'x'.repeat(900) }).message).toHaveLength(500)
  })

  test('may come behind blank lines, as under load', () => {
    expect(readProviderError({ status: 400, body: '\n\n\n{"error":{"message":"No."}}' }).message).toBe('No.')
  })

  test('says how long to wait', () => {
    const headers = new Headers({ 'retry-after': '3' })
    expect(readProviderError({ status: 429, headers, body: '{}' })).toMatchObject({
      type: 'rate_limit',
      retryAfterMs: 3000,
    })
  })
})

describe('an error in a stream', () => {
  test.each<[string, JsonObject, ErrorType, number]>([
    ['Anthropic', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'upstream_error', 529],
    [
      'Groq',
      { error: { message: 'x', type: 'invalid_request_error', code: 'tool_use_failed', status_code: 400 } },
      'invalid_request',
      400,
    ],
    ['OpenRouter', { error: { code: 429, message: 'Rate limit exceeded' }, choices: [] }, 'rate_limit', 429],
    [
      'Google',
      { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
      'upstream_error',
      503,
    ],
    [
      'OpenAI',
      { error: { message: 'The server had an error.', type: 'server_error', code: null } },
      'upstream_error',
      500,
    ],
    ['LM Studio', { error: 'Model unloaded' }, 'upstream_error', 502],
  ])('of %s has the status that it stands for', (...[, body, type, status]) => {
    expect(readStreamError(body)).toMatchObject({ type, status })
  })
})
