import { expect, test } from 'vitest'
import { limitHeaders } from './limit-headers.ts'
import type { CounterState, CounterWindow } from './ledger.ts'

const now = Date.parse('2026-11-21T23:59:30.500Z')
const midnight = Date.parse('2026-11-22')

function state(limit: number, remaining: number, change: Partial<CounterState> = {}): CounterState {
  const window: CounterWindow = { kind: 'day' }
  return {
    id: 'c',
    limit,
    window,
    isHard: true,
    used: limit - remaining,
    held: 0,
    remaining,
    resetsAt: midnight,
    ...change,
  }
}

test('the scarcest counter is told, and the policy of all', () => {
  const minute = state(60, 7, { window: { kind: 'fixed', ms: 60_000 }, resetsAt: now + 29_500 })
  expect(limitHeaders([state(10, 3), minute], now)).toEqual({
    'RateLimit-Limit': '10',
    'RateLimit-Remaining': '3',
    'RateLimit-Reset': '30',
    'RateLimit-Policy': '10;w=86400, 60;w=60',
  })
})

test('of two that are used up, the one that takes longer is told', () => {
  const minute = state(60, 0, { window: { kind: 'sliding', ms: 60_000 }, resetsAt: midnight - 29_000 })
  expect(limitHeaders([minute, state(10, 0)], now)['RateLimit-Limit']).toBe('10')
})

test('a month has the seconds of that month', () => {
  const february = state(5, 5, { window: { kind: 'month' }, resetsAt: Date.parse('2028-03-01') })
  expect(limitHeaders([february], now)['RateLimit-Policy']).toBe(`5;w=${29 * 86_400}`)
})

test('totals and soft counters are left out', () => {
  const total = state(5, 0, { window: { kind: 'total' }, resetsAt: null })
  const soft = state(5, 0, { isHard: false })
  expect(limitHeaders([total, soft], now)).toEqual({})
  expect(limitHeaders([total, soft, state(10, 4)], now)['RateLimit-Policy']).toBe('10;w=86400')
})

test('a window that has ended a moment ago resets now', () => {
  expect(limitHeaders([state(10, 4, { resetsAt: now - 5 })], now)['RateLimit-Reset']).toBe('0')
})
