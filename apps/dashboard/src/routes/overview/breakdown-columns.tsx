import type { ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import type { Totals } from '../../api/wire.ts'
import { formatDuration } from '../../format/duration.ts'
import { formatMoney } from '../../format/money.ts'
import { formatCount, formatPercent, formatShort } from '../../format/number.ts'
import type { Column } from '../../ui/data-table.tsx'
import { cacheRate, errorRate, type MetricFacts } from './metrics.ts'

/** One value of a dimension, or all the rest. */
export interface BreakdownRow {
  id: string
  /** `undefined` for the rest. */
  value: string | undefined
  label: string
  totals: Totals
  /** What all rows come to. */
  whole: readonly Totals[]
}

/** The rows of the table, the rest last. */
export function toBreakdownRows(
  { data, other }: Answer<'GET /analytics/breakdown'>,
  nameOf: (value: string) => string,
): BreakdownRow[] {
  const whole = [...data, ...(other ? [other] : [])]
  const rows = data.map(({ value, ...totals }) => ({ id: `=${value}`, value, label: nameOf(value), totals, whole }))
  return other ? [...rows, { id: 'rest', value: undefined, label: 'Everything else', totals: other, whole }] : rows
}

const right = { align: 'right' } as const

/** The columns: the value, its share of the chosen metric, and the numbers. */
export function breakdownColumns(label: string, metric: MetricFacts): Column<BreakdownRow>[] {
  return [
    {
      id: 'value',
      header: label,
      accessorFn: (row) => row.label,
      cell: ({ row: { original } }) => (
        <span className={original.value === undefined ? 'text-kumo-subtle' : 'font-medium'}>{original.label}</span>
      ),
    },
    {
      id: 'share',
      header: 'Share',
      accessorFn: (row) => shareOf(row, metric),
      cell: ({ row: { original } }) => <Share share={shareOf(original, metric)} />,
      meta: { className: 'w-40' },
    },
    numberColumn({ id: 'requests', header: 'Requests', read: ({ requests }) => requests, format: formatCount }),
    numberColumn({ id: 'cost', header: 'Spend', read: (totals) => totals.cost_nano_usd, format: formatMoney }),
    numberColumn({
      id: 'tokens',
      header: 'Tokens',
      read: (totals) => totals.input_tokens + totals.output_tokens,
      format: formatShort,
    }),
    numberColumn({ id: 'errors', header: 'Errors', read: errorRate, format: formatPercent }),
    numberColumn({ id: 'cached', header: 'Cache hits', read: cacheRate, format: formatPercent }),
    numberColumn({
      id: 'p50',
      header: 'p50',
      read: (totals) => totals.duration_ms?.p50 ?? null,
      format: formatDuration,
    }),
    numberColumn({
      id: 'p95',
      header: 'p95',
      read: (totals) => totals.duration_ms?.p95 ?? null,
      format: formatDuration,
    }),
    numberColumn({
      id: 'ttft',
      header: 'First token',
      read: (totals) => totals.ttft_ms?.p95 ?? null,
      format: formatDuration,
    }),
  ]
}

interface NumberColumn<T extends number | null> {
  id: string
  header: string
  read(totals: Totals): T
  format(value: T): string
}

function numberColumn<T extends number | null>({ id, header, read, format }: NumberColumn<T>): Column<BreakdownRow> {
  return {
    id,
    header,
    accessorFn: ({ totals }) => read(totals),
    cell: ({ row }) => format(read(row.original.totals)),
    meta: right,
  }
}

function shareOf({ totals, whole }: BreakdownRow, metric: MetricFacts): number {
  const read = (one: Totals): number => (metric.isSum ? (metric.read(one) ?? 0) : one.requests)
  const sum = whole.reduce((all, one) => all + read(one), 0)
  return sum === 0 ? 0 : read(totals) / sum
}

function Share({ share }: { share: number }): ReactElement {
  return (
    <span className="flex items-center gap-2">
      <span className="h-1.5 w-20 overflow-hidden rounded-full bg-kumo-fill">
        <span className="block h-full rounded-full bg-kumo-brand" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="text-sm text-kumo-subtle tabular-nums">{formatPercent(share)}</span>
    </span>
  )
}
