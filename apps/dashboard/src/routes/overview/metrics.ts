import type { Totals } from '../../api/wire.ts'
import { formatDuration } from '../../format/duration.ts'
import { formatMoneyShort } from '../../format/money.ts'
import { formatShort } from '../../format/number.ts'

export type Metric = 'requests' | 'cost' | 'tokens' | 'errors' | 'saved' | 'latency' | 'ttft'

/** A number that the chart can show. */
export interface MetricFacts {
  id: Metric
  label: string
  /** `null` where there is nothing to say. */
  read(totals: Totals): number | null
  format(value: number): string
  /** Whether the parts add up to a whole, and so may be stacked. */
  isSum: boolean
  /** The least step of an axis. */
  minStep?: number
}

/** All metrics, in the order in which they are offered. */
export const metrics: readonly MetricFacts[] = [
  { id: 'requests', label: 'Requests', read: ({ requests }) => requests, format: formatShort, isSum: true, minStep: 1 },
  { id: 'cost', label: 'Spend', read: (totals) => totals.cost_nano_usd, format: formatMoneyShort, isSum: true },
  {
    id: 'tokens',
    label: 'Tokens',
    read: (totals) => totals.input_tokens + totals.output_tokens,
    format: formatShort,
    isSum: true,
  },
  { id: 'errors', label: 'Errors', read: ({ errors }) => errors, format: formatShort, isSum: true, minStep: 1 },
  { id: 'saved', label: 'Saved', read: (totals) => totals.saved_nano_usd, format: formatMoneyShort, isSum: true },
  {
    id: 'latency',
    label: 'p95 latency',
    read: (totals) => totals.duration_ms?.p95 ?? null,
    format: formatDuration,
    isSum: false,
  },
  {
    id: 'ttft',
    label: 'p95 first token',
    read: (totals) => totals.ttft_ms?.p95 ?? null,
    format: formatDuration,
    isSum: false,
  },
]

/** The facts of a metric; the first where none is chosen. */
export function findMetric(id: Metric | undefined): MetricFacts {
  const [first] = metrics
  return metrics.find((one) => one.id === id) ?? first ?? fail()
}

function fail(): never {
  throw new Error('There are no metrics.')
}

/** Failed requests of all; 0 where there were none. */
export function errorRate({ errors, requests }: Totals): number {
  return requests === 0 ? 0 : errors / requests
}

/** Answers from the cache of all; 0 where there were none. */
export function cacheRate({ cached, requests }: Totals): number {
  return requests === 0 ? 0 : cached / requests
}
