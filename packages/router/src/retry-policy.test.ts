import { describe, expect, test } from 'vitest'
import { retryDelayMs, selectNextMove, singleAttempt, type RetryPolicy } from './retry-policy.ts'

const patient: RetryPolicy = { maxAttempts: 3, retryDelayMs: 500, backoff: 'exponential' }
const failed = { attempt: 1, canRetry: true, canFallBack: true, hasNextTarget: true }

describe('retryDelayMs', () => {
  test.each([
    ['constant', [500, 500, 500]],
    ['linear', [500, 1000, 1500]],
    ['exponential', [500, 1000, 2000]],
  ] as const)('grows %s', (backoff, delays) => {
    const policy = { ...patient, backoff }
    expect([1, 2, 3].map((attempt) => retryDelayMs(policy, attempt))).toEqual(delays)
  })

  test('waits as long as the provider asks', () => {
    expect(retryDelayMs(patient, 1, 7000)).toBe(7000)
  })
})

describe('selectNextMove', () => {
  test('tries the same target until its attempts are used up, then the next', () => {
    expect(selectNextMove(patient, failed)).toEqual({ move: 'retry', delayMs: 500 })
    expect(selectNextMove(patient, { ...failed, attempt: 3 })).toEqual({ move: 'next' })
  })

  test('gives up after the last target', () => {
    expect(selectNextMove(singleAttempt, { ...failed, hasNextTarget: false })).toEqual({ move: 'stop' })
  })

  test('does not repeat what cannot succeed', () => {
    expect(selectNextMove(patient, { ...failed, canRetry: false })).toEqual({ move: 'next' })
  })

  test('does not wait longer than a minute for a rate limit', () => {
    expect(selectNextMove(patient, { ...failed, retryAfterMs: 60_001 })).toEqual({ move: 'next' })
  })
})
