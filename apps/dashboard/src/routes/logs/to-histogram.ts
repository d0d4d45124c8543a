import { meanings } from '../../charts/palette.ts'
import type { ChartData } from '../../charts/chart-data.ts'
import { formatCount } from '../../format/number.ts'
import type { TimeRange } from '../../time-range/time-range.ts'

interface Answer {
  bucket_ms: number
  data: readonly { at: number; ok: number; error: number }[]
}

const [hourMs, dayMs] = [3_600_000, 86_400_000]

/** Bars for the whole time, also where nothing happened. */
export function toHistogram({ bucket_ms: size, data }: Answer, { from, to }: TimeRange): ChartData {
  const byTime = new Map(data.map((one) => [Math.floor(one.at / size) * size, one]))
  const buckets: number[] = []
  for (let at = Math.floor(from / size) * size; at < to; at += size) buckets.push(at)
  const valuesOf = (read: (one: { ok: number; error: number }) => number) =>
    buckets.map((at) => {
      const one = byTime.get(at)
      return one ? read(one) : 0
    })
  return {
    buckets,
    bucket: size >= dayMs ? 'day' : size >= hourMs ? 'hour' : 'minute',
    series: [
      { id: 'ok', label: 'Answered', colour: meanings.ok, values: valuesOf(({ ok }) => ok) },
      { id: 'error', label: 'Failed', colour: meanings.error, values: valuesOf(({ error }) => error) },
    ],
    kind: 'bars',
    format: formatCount,
    minStep: 1,
  }
}
