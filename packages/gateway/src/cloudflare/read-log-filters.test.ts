import { expect, test } from 'vitest'
import { readLogFilters } from './read-log-filters.ts'

const read = (text: string) => readLogFilters(new URLSearchParams(text))
const asked = (filters: unknown): string => `filters=${encodeURIComponent(JSON.stringify(filters))}`
const eq = (key: string, value: unknown) => ({ key, operator: 'eq', value })

test.each(['constructor', '__proto__', 'toString', 'nothing'])('there is no filter by %s', (key) => {
  expect(() => read(asked([eq(key, ['x'])]))).toThrow('cannot filter by')
})

test('a number is one', () => {
  expect(read('min_cost=0.5')).toEqual([{ key: 'cost', operator: 'gt', value: [0.5] }])
  expect(() => read('min_cost=much')).toThrow('cost')
})

test('there are at most 20 filters of 100 values', () => {
  expect(() => read(asked(Array.from({ length: 21 }, () => eq('provider', ['x']))))).toThrow('at most 20')
  expect(() =>
    read(
      asked([
        eq(
          'provider',
          Array.from({ length: 101 }, () => 'x'),
        ),
      ]),
    ),
  ).toThrow('filters')
})
