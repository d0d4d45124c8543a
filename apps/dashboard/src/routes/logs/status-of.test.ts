import { expect, test } from 'vitest'
import { statusOf } from './status-of.ts'

const row = { success: true, error_type: null, status_code: 200, ending: 'complete', cache_status: null } as const

test.each([
  [row, 'ok', '200'],
  [{ ...row, cache_status: 'HIT' as const }, 'cached', '200 cached'],
  [{ ...row, ending: 'client_gone' as const }, 'warning', '200 caller left'],
  [{ ...row, success: false, status_code: 429, error_type: 'rate_limit' as const }, 'error', '429 rate_limit'],
  [{ ...row, success: false, status_code: 500 }, 'error', '500 failed'],
])('%o is marked %s, %s', (given, tone, label) => {
  expect(statusOf(given)).toEqual({ tone, label })
})
