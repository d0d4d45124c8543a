import { HeartbeatIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { formatDuration } from '../../format/duration.ts'
import { formatCount, formatPercent, formatShort } from '../../format/number.ts'
import { HealthBadge } from '../../models/health-badge.tsx'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { healthReason } from './health-reason.ts'

type Health = Answer<'GET /router/health'>['data'][number]

/** How targets are, as the router sees them. */
export function HealthCard(): ReactElement {
  const { org } = useSession()
  const formatTime = useFormatTime()
  const { data, error, refetch } = useQuery({
    ...apiQuery('GET /router/health', { query: { org_id: org.id } }),
    refetchInterval: 10_000,
  })
  const columns = useMemo(() => columnsOf((at) => formatTime(at, 'second')), [formatTime])
  return (
    <Card title="Targets" note="as the last minutes show them" isFlush>
      {error && !data ? (
        <div className="p-4">
          <ErrorNote error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <DataTable
          label="Health of targets"
          columns={columns}
          rows={data?.data}
          rowId={({ target }) => target}
          empty={
            <EmptyState icon={HeartbeatIcon} title="No news of any target">
              Attempts of the last minutes show here: how often they succeed, how fast they are, and which targets rest.
            </EmptyState>
          }
        />
      )}
    </Card>
  )
}

function columnsOf(formatMoment: (at: number) => string): Column<Health>[] {
  return [
    {
      accessorKey: 'target',
      header: 'Target',
      cell: ({ row }) => <span className="font-medium">{row.original.target}</span>,
    },
    {
      accessorKey: 'status',
      header: 'Health',
      cell: ({ row: { original } }) => (
        <span className="inline-flex items-center gap-2">
          <HealthBadge status={original.status} />
          <span className="text-sm text-kumo-subtle">{healthReason(original, formatMoment)}</span>
        </span>
      ),
    },
    {
      accessorKey: 'uptime',
      header: 'Uptime',
      meta: { align: 'right' },
      cell: ({ row }) => formatPercent(row.original.uptime),
    },
    {
      accessorKey: 'ttft_ms',
      header: 'First output',
      meta: { align: 'right' },
      cell: ({ row }) => formatDuration(row.original.ttft_ms),
    },
    {
      accessorKey: 'tokens_per_second',
      header: 'Tokens / s',
      meta: { align: 'right' },
      cell: ({ row: { original } }) =>
        original.tokens_per_second === null ? '–' : formatShort(original.tokens_per_second),
    },
    {
      accessorKey: 'samples',
      header: 'Measured',
      meta: { align: 'right' },
      cell: ({ row }) => formatCount(row.original.samples),
    },
  ]
}
