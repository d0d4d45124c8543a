import { expect, test } from 'vitest'
import { formatCount, formatPercent, formatShort } from './number.ts'

test('counts keep every digit, short numbers three', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567')
  expect(formatShort(9_999)).toBe('9,999')
  expect(formatShort(1_234_567)).toBe('1.23M')
})

test.each([
  [0, '0%'],
  [0.0042, '0.42%'],
  [0.0421, '4.2%'],
  [1, '100%'],
])('a share of %s is %s', (share, text) => {
  expect(formatPercent(share)).toBe(text)
})
