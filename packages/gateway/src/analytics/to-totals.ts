import { durationBounds, ttftBounds } from './histogram-bounds.ts'
import { interpolatePercentile, type Histogram } from './interpolate-percentile.ts'
import type { UsageSums } from './usage-sums.ts'

/** In ms. */
export interface Percentiles {
  p50: number
  p95: number
  p99: number
}

type Sums = Omit<UsageSums, 'duration_counts' | 'ttft_counts' | 'ttft_requests'>

/** What some requests come to, as the analytics API says it. */
export type Totals = Sums & {
  /** `null` where nothing is known of it: without requests, and by metadata. */
  duration_ms: Percentiles | null
  /** `null` also where no request streamed. */
  ttft_ms: Percentiles | null
}

/** Sums with the percentiles that their histograms come to. */
export function toTotals({ duration_counts, ttft_counts, ttft_requests, ...sums }: UsageSums): Totals {
  return {
    ...sums,
    duration_ms: percentilesOf({ bounds: durationBounds, counts: duration_counts, total: sums.requests }),
    ttft_ms: percentilesOf({ bounds: ttftBounds, counts: ttft_counts, total: ttft_requests }),
  }
}

function percentilesOf(histogram: Histogram): Percentiles | null {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => interpolatePercentile(histogram, share))
  return typeof p50 === 'number' && typeof p95 === 'number' && typeof p99 === 'number' ? { p50, p95, p99 } : null
}
