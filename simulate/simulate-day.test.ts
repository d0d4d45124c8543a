import { describe, expect, test } from 'vitest'
import { createRequests } from './day/create-requests.ts'
import { simulateDay } from './simulate-day.ts'
import type { Summary } from './summarise.ts'

describe.each(['gw', 'another day', '7'])('a small day, seed %s', (seed) => {
  const { routed, random, alone } = simulateDay(seed, 3000)
  const leaderBy = (figure: (summary: Summary) => number): string | undefined =>
    routed.toSorted((a, b) => figure(a) - figure(b))[0]?.name

  test('`cheapest` costs least among the strategies', () => {
    expect(leaderBy(({ usd }) => usd)).toBe('`cheapest`')
  })

  test('`quality` has the highest mean quality', () => {
    expect(leaderBy(({ quality }) => -quality)).toBe('`quality`')
  })

  test('`fastest` has the lowest typical latency, to the first output and to the end', () => {
    expect(leaderBy(({ ttftP50Ms }) => ttftP50Ms)).toBe('`fastest`')
    expect(leaderBy(({ p50Ms }) => p50Ms)).toBe('`fastest`')
    // It also tries what is only said to be fast: on a small day its slowest answers are no faster than others'.
    const [, fastest, ...others] = routed
    expect(fastest?.p95Ms).toBeLessThan(1.1 * Math.min(...others.map(({ p95Ms }) => p95Ms)))
  })

  test('`balanced` is better than the cheapest, cheaper than the best, faster than both', () => {
    const [cheapest, , quality, balanced] = routed
    expect(balanced?.quality).toBeGreaterThan(cheapest?.quality ?? NaN)
    expect(balanced?.usd).toBeLessThan(quality?.usd ?? NaN)
    expect(balanced?.p50Ms).toBeLessThan(Math.min(cheapest?.p50Ms ?? NaN, quality?.p50Ms ?? NaN))
  })

  test('every strategy answers more often than any target alone, and than chance', () => {
    const others = Math.max(random.success, ...alone.map(({ success }) => success))
    expect(Math.min(...routed.map(({ success }) => success))).toBeGreaterThan(others)
    expect(routed.every(({ success }) => success > 0.998)).toBe(true)
  })
})

test('the same seed gives the same day and the same figures', () => {
  expect(createRequests('a', 50)).toEqual(createRequests('a', 50))
  expect(createRequests('a', 50)).not.toEqual(createRequests('b', 50))
  expect(simulateDay('a', 200)).toEqual(simulateDay('a', 200))
})
