import { expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { adviceFor } from './advice-for.ts'

test.each([
  [0, 'unreachable', 'The gateway does not answer.', 'The gateway does not answer.'],
  [401, 'unauthenticated', 'No.', 'You are signed out'],
  [403, 'forbidden', 'No.', 'Your role does not allow this'],
  [404, 'not_found', 'No.', 'It is not there'],
  [400, 'invalid_request', 'No.', 'The gateway refused this (invalid_request)'],
  [503, 'unavailable', 'No.', 'The gateway failed (unavailable)'],
])('a %s is put in words', (...[status, code, message, title]) => {
  expect(adviceFor(new ApiError(status, { code, message })).title).toBe(title)
})

test('anything else keeps its message', () => {
  expect(adviceFor(new Error('x is undefined')).detail).toBe('x is undefined')
  expect(adviceFor('odd').detail).toBe('odd')
})
