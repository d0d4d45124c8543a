import { expect, test } from 'vitest'
import { noTotals } from './no-totals.ts'
import { tilesOf } from './tiles-of.ts'

test('says what a period came to, and compares it', () => {
  const current = {
    ...noTotals,
    requests: 200,
    errors: 3,
    cached: 50,
    cost_nano_usd: 2_000_000_000,
    input_tokens: 9000,
    output_tokens: 3000,
    saved_nano_usd: 40_000_000,
    saved_ms: 61_000,
    duration_ms: { p50: 500, p95: 2500, p99: 9000 },
  }
  const tiles = tilesOf(current, { ...noTotals, requests: 100, errors: 1 })
  expect(tiles.map(({ id, value, note }) => [id, value, note])).toEqual([
    ['requests', '200', '150 reached a provider'],
    ['cost', '$2.00', '$0.01 a request'],
    ['tokens', '12K', '9,000 in, 3,000 out'],
    ['errors', '1.5%', '3 failed'],
    ['saved', '$0.04', '25.0% hits, 1 min 1 s'],
    ['latency', '2.50 s', 'p50 500 ms, p99 9.00 s'],
    ['ttft', '–', 'no streams'],
  ])
  expect(tiles[3]?.change).toEqual({ current: 0.015, previous: 0.01, good: 'down' })
})

test('unknown prices are said', () => {
  expect(tilesOf({ ...noTotals, requests: 2, unpriced: 1 }, undefined)[1]?.note).toBe('1 without a known price')
})

test('before anything is known, the tiles are empty', () => {
  expect(tilesOf(undefined, undefined).every(({ value, change }) => value === undefined && change === undefined)).toBe(
    true,
  )
})
