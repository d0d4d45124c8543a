import { expect, test } from 'vitest'
import { restColour } from '../../charts/palette.ts'
import { findMetric } from './metrics.ts'
import { noTotals } from './no-totals.ts'
import { toChartData } from './to-chart-data.ts'

const hour = 3_600_000
const range = { from: 10 * hour, to: 13 * hour }
const point = (at: number, group: string | null, requests: number) => ({ ...noTotals, at: at * hour, group, requests })
const common = {
  previous: undefined,
  range,
  bucket: 'hour',
  metric: findMetric('requests'),
  nameOf: (id: string) => id,
} as const

test('every bucket has a value, the largest group comes first and the rest last', () => {
  const points = [point(10, 'small', 1), point(10, 'other', 50), point(11, 'large', 7), point(12, 'small', 2)]
  const { buckets, series, kind } = toChartData({ ...common, points })
  expect(buckets).toEqual([10 * hour, 11 * hour, 12 * hour])
  expect(kind).toBe('bars')
  expect(series.map(({ id, values }) => [id, values])).toEqual([
    ['large', [0, 7, 0]],
    ['small', [1, 0, 2]],
    ['other', [50, 0, 0]],
  ])
  expect(series.at(-1)?.colour).toBe(restColour)
})

test('the period before is moved to where this one is', () => {
  const { series } = toChartData({ ...common, points: [point(11, null, 5)], previous: [point(7, null, 3)] })
  expect(series.map(({ label, values, isGhost = false }) => [label, values, isGhost])).toEqual([
    ['Requests', [0, 5, 0], false],
    ['Period before', [3, 0, 0], true],
  ])
})

test('what does not add up has gaps, and is a line', () => {
  const slow = { ...point(11, null, 1), duration_ms: { p50: 1, p95: 900, p99: 1000 } }
  const { series, kind } = toChartData({ ...common, metric: findMetric('latency'), points: [slow] })
  expect(kind).toBe('lines')
  expect(series.map(({ values }) => values)).toEqual([[null, 900, null]])
})
