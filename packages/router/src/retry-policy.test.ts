import { describe, expect, test } from 'vitest'
import { retryDelayMs, singleAttempt, type RetryPolicy } from './retry-policy.ts'

const patient: RetryPolicy = { maxAttempts: 4, retryDelayMs: 500, backoff: 'exponential' }
const failed = { attempt: 1, canRetry: true }

describe('retryDelayMs', () => {
  test.each([
    ['constant', [500, 500, 500]],
    ['linear', [500, 1000, 1500]],
    ['exponential', [500, 1000, 2000]],
  ] as const)('grows %s', (backoff, delays) => {
    const policy = { ...patient, backoff }
    expect([1, 2, 3].map((attempt) => retryDelayMs(policy, { ...failed, attempt }))).toEqual(delays)
  })

  test('waits as long as the provider asks, up to a minute', () => {
    expect(retryDelayMs(patient, { ...failed, retryAfterMs: 7000 })).toBe(7000)
    expect(retryDelayMs(patient, { ...failed, retryAfterMs: 60_000 })).toBe(60_000)
    expect(retryDelayMs(patient, { ...failed, retryAfterMs: 60_001 })).toBe(undefined)
  })

  test('ends with the last attempt', () => {
    expect(retryDelayMs(patient, { ...failed, attempt: 4 })).toBe(undefined)
    expect(retryDelayMs(singleAttempt, failed)).toBe(undefined)
  })

  test('does not repeat what cannot succeed', () => {
    expect(retryDelayMs(patient, { ...failed, canRetry: false })).toBe(undefined)
  })
})
