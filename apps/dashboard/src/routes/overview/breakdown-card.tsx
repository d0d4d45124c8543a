import { ChartBarIcon } from '@phosphor-icons/react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'
import { useNames } from '../../names/use-names.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { breakdownColumns, toBreakdownRows } from './breakdown-columns.tsx'
import { DimensionSelect } from './dimension-select.tsx'
import { labelOfDimension, whyUnanswerable } from './dimensions.ts'
import { logsLink } from './logs-link.ts'
import { findMetric, type Metric } from './metrics.ts'
import type { OverviewSearch } from './overview-search.ts'
import { useBreakdown, type Order, type Scope } from './use-analytics.ts'

const orders: Readonly<Record<Metric, Order>> = {
  requests: 'requests',
  cost: 'cost',
  tokens: 'tokens',
  errors: 'errors',
  saved: 'saved',
  latency: 'requests',
  ttft: 'requests',
}

interface BreakdownCardProps {
  scope: Scope
  search: OverviewSearch
  onSplit(split: string | undefined): void
}

/** The period by one dimension; a row leads to its requests. */
export function BreakdownCard({ scope, search, onSplit }: BreakdownCardProps): ReactElement {
  const split = search.split ?? 'model'
  const reason = whyUnanswerable(scope.query.filters, scope.query.words, split)
  return (
    <Card
      isFlush
      title={`By ${labelOfDimension(split).toLowerCase()}`}
      note="a row leads to its requests"
      actions={<DimensionSelect label="Split by" scope={scope} value={split} onChange={onSplit} />}
    >
      {reason === undefined ? (
        <Breakdown scope={scope} search={search} split={split} />
      ) : (
        <p className="p-4 text-kumo-subtle">{reason}</p>
      )}
    </Card>
  )
}

function Breakdown({ scope, search, split }: { scope: Scope; search: OverviewSearch; split: string }): ReactElement {
  const navigate = useNavigate()
  const names = useNames()
  const metric = findMetric(search.metric)
  const breakdown = useBreakdown(scope, { groupBy: split, orderBy: orders[metric.id], limit: 12 })
  const columns = useMemo(() => breakdownColumns(labelOfDimension(split), metric), [split, metric])
  const rows = useMemo(
    () => breakdown.data && toBreakdownRows(breakdown.data, (value) => names(split, value)),
    [breakdown.data, names, split],
  )
  if (breakdown.error) {
    return (
      <div className="p-4">
        <ErrorNote error={breakdown.error} onRetry={() => void breakdown.refetch()} />
      </div>
    )
  }
  return (
    <DataTable
      label={`By ${labelOfDimension(split)}`}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      skeletonRows={6}
      onOpen={({ value }) =>
        void navigate({
          to: '/logs',
          search: logsLink(scope.query, search, value === undefined ? [] : [{ key: split, value }]),
        })
      }
      empty={
        <EmptyState icon={ChartBarIcon} title="Nothing to split">
          No request of this time has this. Send it as metadata, or choose something else.
        </EmptyState>
      }
    />
  )
}
