import { expect, test } from 'vitest'
import { windowOf } from './window-of.ts'

const at = (iso: string): number => Date.parse(iso)

test('fixed windows are aligned to the clock', () => {
  expect(windowOf({ kind: 'fixed', ms: 60_000 }, at('2026-11-21T10:15:59.999Z'))).toEqual({
    tag: 'fixed-60000',
    start: at('2026-11-21T10:15:00Z'),
    end: at('2026-11-21T10:16:00Z'),
  })
  expect(windowOf({ kind: 'fixed', ms: 60_000 }, at('2026-11-21T10:16:00Z')).start).toBe(at('2026-11-21T10:16:00Z'))
})

test('days are UTC days', () => {
  expect(windowOf({ kind: 'day' }, at('2026-11-21T23:59:59.999Z'))).toEqual({
    tag: 'day',
    start: at('2026-11-21T00:00:00Z'),
    end: at('2026-11-22T00:00:00Z'),
  })
})

test.each([
  ['2026-02-28T23:59:59.999Z', '2026-02-01', '2026-03-01'],
  ['2028-02-29T12:00:00Z', '2028-02-01', '2028-03-01'],
  ['2026-03-31T23:59:59.999Z', '2026-03-01', '2026-04-01'],
  ['2026-12-31T23:59:59.999Z', '2026-12-01', '2027-01-01'],
  ['2027-01-01T00:00:00.000Z', '2027-01-01', '2027-02-01'],
])('%s is in the month from %s to %s', (time, start, end) => {
  expect(windowOf({ kind: 'month' }, at(time))).toEqual({ tag: 'month', start: at(start), end: at(end) })
})

test('a total never ends', () => {
  expect(windowOf({ kind: 'total' }, at('2026-11-21'))).toEqual({ tag: 'total', start: 0, end: null })
})

test.each([0, -1, 0.5, NaN])('a window of %s ms is refused', (ms) => {
  expect(() => windowOf({ kind: 'fixed', ms }, 0)).toThrow(RangeError)
})
