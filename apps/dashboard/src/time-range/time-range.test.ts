import { expect, test } from 'vitest'
import { bucketOf, bucketsOf, parseRangeSearch, resolveRange } from './time-range.ts'

const now = Date.UTC(2026, 10, 22, 14, 3, 9)
const hour = 3_600_000

test('a preset ends with the current minute', () => {
  const to = Date.UTC(2026, 10, 22, 14, 4)
  expect(resolveRange({ range: '1h' }, now)).toEqual({ from: to - hour, to })
  expect(resolveRange({}, now)).toEqual({ from: to - 24 * hour, to })
})

test('two moments are taken as they are', () => {
  expect(resolveRange({ from: '5', to: '9' }, now)).toEqual({ from: 5, to: 9 })
})

test.each([
  [{ range: '7d', from: '1', to: '2' }, { range: '7d' }],
  [{ range: 'toString' }, {}],
  [{ from: '5', to: '5' }, {}],
  [{ from: 'x', to: '9' }, {}],
  [
    { from: '5', to: '9', q: 'a' },
    { from: '5', to: '9' },
  ],
])('of the search %o, %o is the range', (search, range) => {
  expect(parseRangeSearch(search)).toEqual(range)
})

test('buckets begin on the hour or the day, and cover the stretch', () => {
  expect(bucketOf({ from: 0, to: 96 * hour })).toBe('hour')
  expect(bucketOf({ from: 0, to: 97 * hour })).toBe('day')
  expect(bucketsOf({ from: hour + 1, to: 3 * hour }, 'hour')).toEqual([hour, 2 * hour])
  expect(bucketsOf({ from: 30 * hour, to: 50 * hour }, 'day')).toEqual([24 * hour, 48 * hour])
})
