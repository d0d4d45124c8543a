import { expect, test } from 'vitest'
import { formatUsd } from './format-usd.ts'
import { usdSchema } from './usd-schema.ts'

test.each([
  [0, 0, '0'],
  [0.1, 100_000_000, '0.1'],
  [1e-9, 1, '0.000000001'],
  [1.5e-8, 15, '0.000000015'],
  [12.345678901, 12_345_678_901, '12.345678901'],
  ['12.50', 12_500_000_000, '12.5'],
  [' 7 ', 7_000_000_000, '7'],
  [9_000_000, 9_000_000_000_000_000, '9000000'],
  ['1234567.000000001', 1_234_567_000_000_001, '1234567.000000001'],
])('%j dollars are %d nano-dollars', (usd, nanoUsd, text) => {
  expect(usdSchema.parse(usd)).toBe(nanoUsd)
  expect(formatUsd(nanoUsd)).toBe(text)
})

test.each([-1, 1e-10, Number.NaN, Infinity, 1e21, '', '1,5', '.5', '1e3', '9000000.000000001', true, {}])(
  '%j is no amount',
  (usd) => {
    expect(usdSchema.safeParse(usd).success).toBe(false)
  },
)
