import { expect, test } from 'vitest'
import { toHistogram } from './to-histogram.ts'

test('has a bar for every part of the time', () => {
  const minute = 60_000
  const answer = { bucket_ms: 5 * minute, data: [{ at: 10 * minute, ok: 2, error: 1 }] }
  const { buckets, bucket, series } = toHistogram(answer, { from: 7 * minute, to: 18 * minute })
  expect(buckets).toEqual([5 * minute, 10 * minute, 15 * minute])
  expect(bucket).toBe('minute')
  expect(series.map(({ id, values }) => [id, values])).toEqual([
    ['ok', [0, 2, 0]],
    ['error', [0, 1, 0]],
  ])
})
