import { expect, test } from 'vitest'
import type { CallerError } from '../../wire-format.ts'
import { formatError } from './format-error.ts'

test.each<[CallerError['type'], number, string]>([
  ['rate_limit', 429, 'rate_limit_error'],
  ['quota_exceeded', 402, 'billing_error'],
  ['quota_exceeded', 429, 'rate_limit_error'],
  ['auth', 401, 'authentication_error'],
  ['auth', 403, 'permission_error'],
  ['model_not_found', 404, 'not_found_error'],
  ['context_length', 400, 'invalid_request_error'],
  ['context_length', 413, 'request_too_large'],
  ['content_filter', 400, 'invalid_request_error'],
  ['invalid_request', 400, 'invalid_request_error'],
  ['timeout', 504, 'timeout_error'],
  ['upstream_error', 500, 'api_error'],
  ['upstream_error', 529, 'overloaded_error'],
])('%s with status %i is %s', (type, status, word) => {
  expect(formatError({ type, status, message: 'm' })).toEqual({ type: 'error', error: { type: word, message: 'm' } })
})

test('code, field and our own details come along', () => {
  const gw = { type: 'invalid_request', log_id: 'log_1' }
  expect(formatError({ type: 'invalid_request', status: 400, message: 'm', code: 'c', param: 'p', gw })).toEqual({
    type: 'error',
    error: { type: 'invalid_request_error', message: 'm', code: 'c', param: 'p', gw },
    request_id: 'log_1',
  })
})
