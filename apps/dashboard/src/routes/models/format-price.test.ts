import { expect, test } from 'vitest'
import { formatPrice, formatWindow } from './format-price.ts'

test('prices have cents, and as many places as small ones need', () => {
  expect([2.5, 0.5, 0.15, 0.0045, 0, null].map(formatPrice)).toEqual([
    '$2.50',
    '$0.50',
    '$0.15',
    '$0.0045',
    'free',
    '–',
  ])
})

test('windows are short', () => {
  expect([128_000, 1_048_576, null].map(formatWindow)).toEqual(['128K', '1.05M', '–'])
})
