import { expect, test } from 'vitest'
import { formatMoney, formatMoneyShort } from './money.ts'

test.each([
  [null, 'unknown'],
  [0, '$0'],
  [12_345_670_000_000, '$12,345.67'],
  [1_500_000_000, '$1.50'],
  [500_000_000, '$0.50'],
  [12_340_000, '$0.0123'],
  [1_234_500, '$0.00123'],
  [150, '$0.00000015'],
  [1, '$0.000000001'],
  [-2_500_000, '−$0.0025'],
])('%s nano-USD is %s', (nanoUsd, text) => {
  expect(formatMoney(nanoUsd)).toBe(text)
})

test('short money has a letter from a thousand dollars up', () => {
  expect(formatMoneyShort(999_000_000_000)).toBe('$999.00')
  expect(formatMoneyShort(12_345_000_000_000)).toBe('$12.3K')
})
