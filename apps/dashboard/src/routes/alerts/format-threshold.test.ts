import { expect, test } from 'vitest'
import { formatThreshold } from './format-threshold.ts'

test.each([
  [1, 'usd', '$1.00'],
  [0.05, 'share', '5.0%'],
  [30, 'minutes', '30 min'],
  [10, 'requests', '10'],
  [1, 'event', 'when it happens'],
  [null, 'usd', '–'],
] as const)('%d in %s is %s', (value, unit, text) => {
  expect(formatThreshold(value, unit)).toBe(text)
})
