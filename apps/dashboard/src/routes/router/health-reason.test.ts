import { expect, test } from 'vitest'
import { healthReason } from './health-reason.ts'

test('says why a target rests, until when, and what fails most', () => {
  const health = { reason: 'rate_limit', rests_until: 5, error_rates: { timeout: 0.02, rate_limit: 0.5, auth: 0 } }
  expect(healthReason(health, (at) => `at ${at}`)).toBe('rate-limited, until at 5, 50.0% rate limit, 2.0% timeout')
  expect(healthReason({ reason: null, rests_until: null, error_rates: {} }, String)).toBe('')
})
