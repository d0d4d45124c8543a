import { CpuIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactElement } from 'react'
import type { Totals } from '../../api/wire.ts'
import { apiQuery } from '../../api/api-query.ts'
import { formatMoney } from '../../format/money.ts'
import { formatCount } from '../../format/number.ts'
import { useTimeRange } from '../../time-range/use-time-range.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { sampleRequest } from '../../ui/sample-request.ts'
import { workersAiFilter } from './workers-ai-filter.ts'

type Group = Totals & { value: string }

/** Which models used neurons, of this organisation, within a week. */
export function NeuronModels({ orgId }: { orgId: string }): ReactElement {
  const { from, to } = useTimeRange({ range: '7d' })
  const breakdown = useQuery(
    apiQuery('GET /analytics/breakdown', {
      query: { org_id: orgId, from, to, group_by: 'model', order_by: 'requests', limit: 50, filters: workersAiFilter },
    }),
  )
  const rows = useMemo(() => breakdown.data?.data.filter(({ milli_neurons }) => milli_neurons > 0), [breakdown.data])
  return (
    <Card title="By model" note="this organisation, last 7 days" isFlush>
      {breakdown.error ? (
        <div className="p-4">
          <ErrorNote error={breakdown.error} onRetry={() => void breakdown.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Neurons by model"
          columns={columns}
          rows={rows}
          rowId={({ value }) => value}
          empty={
            <EmptyState
              icon={CpuIcon}
              title="No neurons were used"
              command={sampleRequest(location.origin, 'workers-ai/@cf/meta/llama-3.1-8b-instruct')}
            >
              Models of Workers AI use neurons; Cloudflare gives each account some for free every day.
            </EmptyState>
          }
        />
      )}
    </Card>
  )
}

const columns: Column<Group>[] = [
  {
    accessorKey: 'value',
    header: 'Model',
    cell: ({ row }) => <span className="font-medium">{row.original.value}</span>,
  },
  {
    accessorKey: 'milli_neurons',
    header: 'Neurons',
    meta: { align: 'right' },
    cell: ({ row }) => formatCount(row.original.milli_neurons / 1000),
  },
  {
    accessorKey: 'requests',
    header: 'Requests',
    meta: { align: 'right' },
    cell: ({ row }) => formatCount(row.original.requests),
  },
  {
    accessorKey: 'cost_nano_usd',
    header: 'Cost',
    meta: { align: 'right' },
    cell: ({ row }) => formatMoney(row.original.cost_nano_usd),
  },
]
