import { expect, test } from 'vitest'
import type { CallerError } from '../../wire-format.ts'
import { formatError } from './format-error.ts'

test.each<[CallerError['type'], number, string]>([
  ['rate_limit', 429, 'RESOURCE_EXHAUSTED'],
  ['quota_exceeded', 429, 'RESOURCE_EXHAUSTED'],
  ['auth', 401, 'UNAUTHENTICATED'],
  ['auth', 403, 'PERMISSION_DENIED'],
  ['model_not_found', 404, 'NOT_FOUND'],
  ['context_length', 400, 'INVALID_ARGUMENT'],
  ['content_filter', 400, 'INVALID_ARGUMENT'],
  ['invalid_request', 400, 'INVALID_ARGUMENT'],
  ['timeout', 504, 'DEADLINE_EXCEEDED'],
  ['upstream_error', 500, 'INTERNAL'],
  ['upstream_error', 503, 'UNAVAILABLE'],
])('%s with status %i is %s', (type, status, word) => {
  expect(formatError({ type, status, message: 'm' })).toEqual({ error: { code: status, message: 'm', status: word } })
})

test('code, field and our own details come along', () => {
  const gw = { type: 'invalid_request', log_id: 'log_1' }
  expect(formatError({ type: 'invalid_request', status: 400, message: 'm', code: 'c', param: 'p', gw })).toEqual({
    error: {
      code: 400,
      message: 'm',
      status: 'INVALID_ARGUMENT',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'c', domain: 'gw' },
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ field: 'p', description: 'm' }],
        },
      ],
      gw,
    },
  })
})
