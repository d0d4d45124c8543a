import type { Totals } from '../../api/wire.ts'
import { colourOf, restColour } from '../../charts/palette.ts'
import type { ChartData, Series } from '../../charts/chart-data.ts'
import { bucketsOf, type TimeRange } from '../../time-range/time-range.ts'
import type { MetricFacts } from './metrics.ts'

/** One bucket of one group, as the API has it; without a group, of everything. */
export type Point = Totals & { at: number; group: string | null }

interface ChartDataOptions {
  points: readonly Point[]
  /** The period before, if it shall be shown. */
  previous: readonly Point[] | undefined
  range: TimeRange
  bucket: 'hour' | 'day'
  metric: MetricFacts
  /** The name of a group. */
  nameOf(group: string): string
}

/** Everything together is a series of this id. */
export const wholeId = 'all'
/** Groups after the first few are a series of this id. */
export const restId = 'other'

/** Points of the API as series with a value for each bucket, the largest first and the rest last. */
export function toChartData({ points, previous, range, bucket, metric, nameOf }: ChartDataOptions): ChartData {
  const buckets = bucketsOf(range, bucket)
  const groups = groupPoints(points)
  const ordered = [...groups].sort(([a, left], [b, right]) =>
    a === restId ? 1 : b === restId ? -1 : sumOf(right, metric) - sumOf(left, metric),
  )
  const series = ordered.map(([id, own], index): Series => {
    const label = id === wholeId ? metric.label : id === restId ? 'Other' : nameOf(id)
    return { id, label, colour: colourOf(index, id === restId), values: valuesOf(own, buckets, metric) }
  })
  const ghost = previous ? [ghostOf({ previous, range, buckets, metric })] : []
  return {
    buckets,
    bucket,
    series: [...series, ...ghost],
    kind: metric.isSum ? 'bars' : 'lines',
    format: metric.format,
    ...(metric.minStep !== undefined && { minStep: metric.minStep }),
  }
}

function groupPoints(points: readonly Point[]): Map<string, Point[]> {
  const groups = new Map<string, Point[]>()
  for (const point of points) {
    const id = point.group ?? wholeId
    const known = groups.get(id)
    if (known) known.push(point)
    else groups.set(id, [point])
  }
  return groups
}

function valuesOf(points: readonly Point[], buckets: readonly number[], metric: MetricFacts): (number | null)[] {
  const byTime = new Map(points.map((point) => [point.at, metric.read(point)]))
  const empty = metric.isSum ? 0 : null
  return buckets.map((at) => byTime.get(at) ?? empty)
}

interface GhostOptions {
  previous: readonly Point[]
  range: TimeRange
  buckets: readonly number[]
  metric: MetricFacts
}

/** The period before, moved to where this one is. */
function ghostOf({ previous, range, buckets, metric }: GhostOptions): Series {
  const shift = range.to - range.from
  const moved = previous.map((point) => ({ ...point, at: point.at + shift }))
  return {
    id: 'previous',
    label: 'Period before',
    colour: restColour,
    values: valuesOf(moved, buckets, metric),
    isGhost: true,
  }
}

/** What a series comes to; for what does not add up, the largest value. */
function sumOf(points: readonly Totals[], metric: MetricFacts): number {
  const values = points.map((point) => metric.read(point) ?? 0)
  return metric.isSum ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values)
}
