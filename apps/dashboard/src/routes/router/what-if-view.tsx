import { ArrowRightIcon, ListMagnifyingGlassIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { formatDuration } from '../../format/duration.ts'
import { formatMoney } from '../../format/money.ts'
import { formatCount } from '../../format/number.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Delta } from '../../ui/delta.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { shiftsOf, type ModelShift, type WhatIf } from './compare-sides.ts'
import { strategyNames } from './strategy-words.ts'

/** Both sides of a comparison, beside each other. */
export function WhatIfView({ result }: { result: WhatIf }): ReactElement {
  const { before, after, requests, changed, unroutable, strategy, assumed_needs: assumed } = result
  if (requests === 0) {
    return (
      <Card>
        <EmptyState icon={ListMagnifyingGlassIcon} title="No answered chats in this time">
          Choose a longer time, or another gateway: only its own requests are compared.
        </EmptyState>
      </Card>
    )
  }
  const notes = [
    `${formatCount(changed)} of ${formatCount(requests)} requests would have gone elsewhere`,
    ...(unroutable > 0 ? [`${formatCount(unroutable)} would have found no model, and count on neither side`] : []),
    ...(assumed > 0 ? [`what ${formatCount(assumed)} needed is read off their usage`] : []),
    ...(after.unpriced > 0 ? [`the price of ${formatCount(after.unpriced)} is unknown afterwards`] : []),
  ]
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div
        className="grid gap-px overflow-hidden rounded-lg bg-kumo-hairline ring ring-kumo-line sm:grid-cols-3"
        role="group"
        aria-label="Before and after"
      >
        <Pair label="Cost" before={before.cost_nano_usd} after={after.cost_nano_usd} format={formatMoney} good="down" />
        <Pair
          label="Mean time"
          before={before.average_ms}
          after={after.average_ms}
          format={formatDuration}
          good="down"
        />
        <Pair
          label="Mean quality"
          before={before.average_quality}
          after={after.average_quality}
          format={formatQuality}
          good="up"
        />
      </div>
      <p className="text-kumo-subtle">
        {strategyNames[strategy]}: {notes.join('; ')}.
      </p>
      <Card title="Models" isFlush>
        <DataTable label="Models before and after" columns={columns} rows={shiftsOf(result)} rowId={({ id }) => id} />
      </Card>
    </div>
  )
}

const formatQuality = (value: number | null): string => (value === null ? 'unknown' : value.toFixed(1))

interface PairProps {
  label: string
  before: number | null
  after: number | null
  format(value: number | null): string
  good: 'up' | 'down'
}

function Pair({ label, before, after, format, good }: PairProps): ReactElement {
  return (
    <div className="flex flex-col gap-0.5 bg-kumo-base px-4 py-3">
      <span className="text-sm text-kumo-subtle">{label}</span>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-kumo-subtle tabular-nums">{format(before)}</span>
        <ArrowRightIcon className="size-3 text-kumo-subtle" aria-label="becomes" />
        <span className="text-xl leading-8 font-semibold tracking-tight tabular-nums">{format(after)}</span>
        <Delta current={after} previous={before} good={good} />
      </span>
    </div>
  )
}

const columns: Column<ModelShift>[] = [
  { accessorKey: 'id', header: 'Model' },
  {
    accessorKey: 'before',
    header: 'Before',
    meta: { align: 'right' },
    cell: ({ row }) => formatCount(row.original.before),
  },
  {
    accessorKey: 'after',
    header: 'After',
    meta: { align: 'right' },
    cell: ({ row }) => formatCount(row.original.after),
  },
  {
    id: 'shift',
    header: 'Change',
    meta: { align: 'right' },
    accessorFn: ({ before, after }) => after - before,
    cell: ({ row: { original } }) => <Shift by={original.after - original.before} />,
  },
]

function Shift({ by }: { by: number }): ReactElement {
  if (by === 0) return <span className="text-kumo-subtle">same</span>
  return <span>{by > 0 ? `+${formatCount(by)}` : `−${formatCount(-by)}`}</span>
}
