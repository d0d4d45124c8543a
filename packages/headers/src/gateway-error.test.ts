import { expect, test } from 'vitest'
import { errorCodeOf, errorCodes, errorTypeOf, errorTypes, GatewayError, isGatewayError } from './index.ts'

test('takes status, type and Cloudflare number from the table', () => {
  const cause = new Error('socket closed')
  const error = new GatewayError('rate_limited', 'Too many requests.', {
    cause,
    detail: { limit: 10 },
    retryAfterMs: 20_000,
  })
  expect(error).toMatchObject({
    name: 'GatewayError',
    message: 'Too many requests.',
    code: 'rate_limited',
    status: 429,
    cloudflareCode: 2003,
    type: 'rate_limit',
    retryable: true,
    detail: { limit: 10 },
    retryAfterMs: 20_000,
    cause,
  })
  expect(isGatewayError(error)).toBe(true)
  expect(isGatewayError(cause)).toBe(false)
})

test('has the status and number that clients rely on', () => {
  const rows = Object.entries(errorCodes).map(([code, { status, cloudflareCode }]) => [code, status, cloudflareCode])
  expect(rows).toEqual(
    expect.arrayContaining([
      ['unauthenticated', 401, 2009],
      ['gateway_not_found', 400, 2001],
      ['invalid_request', 400, 7001],
      ['invalid_json', 400, undefined],
      ['invalid_header', 400, undefined],
      ['body_too_large', 413, undefined],
      ['missing_model', 400, 2019],
      ['unknown_model', 404, 7003],
      ['invalid_provider', 400, 2008],
      ['chat_bad_format', 400, 2019],
      ['missing_upstream_secret', 401, undefined],
      ['byok_alias_not_found', 400, 2040],
      ['method_not_allowed', 405, undefined],
      ['not_found', 404, 7000],
      ['log_not_found', 404, 7002],
      ['unsupported', 400, undefined],
      ['blocked_upstream_url', 400, undefined],
      ['rate_limited', 429, 2003],
      ['budget_exceeded', 429, 2045],
      ['insufficient_balance', 402, 2021],
      ['upstream_timeout', 504, undefined],
      ['upstream_unreachable', 502, 2005],
      ['upstream_error', 502, undefined],
      ['upstream_truncated', 502, undefined],
      ['client_closed', 499, undefined],
      ['internal', 500, 2002],
      ['forbidden', 403, undefined],
      ['prompt_blocked', 424, 2016],
      ['response_blocked', 424, 2017],
      ['guardrails_unavailable', 503, 7013],
    ]),
  )
})

test('leads from every error type to a code and back', () => {
  expect(errorTypes.map((type) => errorTypeOf(errorCodeOf(type)))).toEqual(errorTypes)
})
