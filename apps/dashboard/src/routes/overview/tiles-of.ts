import type { Totals } from '../../api/wire.ts'
import { formatDuration } from '../../format/duration.ts'
import { formatMoney, formatMoneyShort } from '../../format/money.ts'
import { formatCount, formatPercent, formatShort } from '../../format/number.ts'
import { cacheRate, errorRate, type Metric } from './metrics.ts'

/** What one tile shows, and the metric that it stands for. */
export interface Tile {
  id: Metric
  label: string
  value: string | undefined
  note: string | undefined
  change: { current: number | null; previous: number | null; good?: 'up' | 'down' } | undefined
}

interface TileFacts {
  id: Metric
  label: string
  value(totals: Totals): string
  note(totals: Totals): string
  /** What is compared. */
  read(totals: Totals): number | null
  good?: 'up' | 'down'
}

const facts: readonly TileFacts[] = [
  {
    id: 'requests',
    label: 'Requests',
    value: ({ requests }) => formatShort(requests),
    note: ({ requests, cached }) => `${formatCount(requests - cached)} reached a provider`,
    read: ({ requests }) => requests,
  },
  {
    id: 'cost',
    label: 'Spend',
    value: (totals) => formatMoneyShort(totals.cost_nano_usd),
    note: ({ unpriced, requests, cost_nano_usd: cost }) =>
      unpriced > 0
        ? `${formatCount(unpriced)} without a known price`
        : `${formatMoney(requests === 0 ? 0 : cost / requests)} a request`,
    read: (totals) => totals.cost_nano_usd,
  },
  {
    id: 'tokens',
    label: 'Tokens',
    value: (totals) => formatShort(totals.input_tokens + totals.output_tokens),
    note: (totals) => `${formatShort(totals.input_tokens)} in, ${formatShort(totals.output_tokens)} out`,
    read: (totals) => totals.input_tokens + totals.output_tokens,
  },
  {
    id: 'errors',
    label: 'Error rate',
    value: (totals) => formatPercent(errorRate(totals)),
    note: ({ errors }) => `${formatCount(errors)} failed`,
    read: errorRate,
    good: 'down',
  },
  {
    id: 'saved',
    label: 'Saved by the cache',
    value: (totals) => formatMoneyShort(totals.saved_nano_usd),
    note: (totals) => `${formatPercent(cacheRate(totals))} hits, ${formatDuration(totals.saved_ms)}`,
    read: (totals) => totals.saved_nano_usd,
    good: 'up',
  },
  {
    id: 'latency',
    label: 'Latency, p95',
    value: (totals) => formatDuration(totals.duration_ms?.p95 ?? null),
    note: ({ duration_ms: d }) => (d ? `p50 ${formatDuration(d.p50)}, p99 ${formatDuration(d.p99)}` : 'no answers'),
    read: (totals) => totals.duration_ms?.p95 ?? null,
    good: 'down',
  },
  {
    id: 'ttft',
    label: 'First token, p95',
    value: (totals) => formatDuration(totals.ttft_ms?.p95 ?? null),
    note: ({ ttft_ms: t }) => (t ? `p50 ${formatDuration(t.p50)}, p99 ${formatDuration(t.p99)}` : 'no streams'),
    read: (totals) => totals.ttft_ms?.p95 ?? null,
    good: 'down',
  },
]

/** All tiles; without values while they are not known yet. */
export function tilesOf(current: Totals | undefined, previous: Totals | undefined): Tile[] {
  return facts.map(({ id, label, value, note, read, good }) => ({
    id,
    label,
    value: current && value(current),
    note: current && note(current),
    change: current && previous && { current: read(current), previous: read(previous), ...(good && { good }) },
  }))
}
