import { expect, test } from 'vitest'
import { costFromCustom } from './index.ts'

test('prices tokens at the given rates, cached ones as input', () => {
  // 1,000 × $0.000001 = 1,000,000 nano-USD; 100 cached × $0.000001 = 100,000; 10 × $0.000002 = 20,000.
  const bill = costFromCustom(
    { input: 1000, cache_read: 100, output: 4, reasoning: 6 },
    { per_token_in: 0.000001, per_token_out: 0.000002 },
  )
  expect(bill?.nanoUsd).toBe(1_120_000)
  expect(bill?.lines.map((line) => [line.class, line.nanoUsd])).toEqual([
    ['input', 1_000_000],
    ['cache_read', 100_000],
    ['output', 8000],
    ['reasoning', 12_000],
  ])
})

test('uses a cache rate where it is given and the input rate for the other', () => {
  // 100 × $0.0000001 = 10,000 nano-USD; 100 × $0.000001 = 100,000.
  const bill = costFromCustom(
    { cache_read: 100, cache_write_5m: 100 },
    { per_token_in: 0.000001, per_token_out: 0, per_cache_read_token: 0.0000001 },
  )
  expect(bill?.lines.map((line) => [line.class, line.nanoUsd])).toEqual([
    ['cache_read', 10_000],
    ['cache_write_5m', 100_000],
  ])
})

test('takes a total as it is, whatever was used', () => {
  expect(costFromCustom({ input: 5 }, { total_cost: 0.05 })).toEqual({
    nanoUsd: 50_000_000,
    lines: [
      {
        class: 'total',
        quantity: 1,
        unit: 'requests',
        unitPrice: { nanoUsd: 50_000_000, per: 1 },
        nanoUsd: 50_000_000,
      },
    ],
    priceVersion: 'custom',
  })
  expect(costFromCustom({}, { total_cost: 125 })?.nanoUsd).toBe(125_000_000_000)
})

test('answers undefined for a price that is none', () => {
  expect(costFromCustom({}, { total_cost: Number.NaN })).toBeUndefined()
  expect(costFromCustom({}, { total_cost: -1 })).toBeUndefined()
  expect(costFromCustom({ input: 1 }, { per_token_in: -1, per_token_out: 0 })).toBeUndefined()
})
