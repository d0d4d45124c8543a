import { Badge } from '@cloudflare/kumo/components/badge'
import { PaperPlaneTiltIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { OwnerQuery } from './owner-query.ts'

type Delivery = Answer<'GET /alert-deliveries'>['data'][number]

/** Messages to channels, and what became of them. */
export function DeliveriesCard({ owner }: { owner: OwnerQuery }): ReactElement {
  const formatTime = useFormatTime()
  const deliveries = useQuery({
    ...apiQuery('GET /alert-deliveries', { query: { ...owner, limit: 200 } }),
    refetchInterval: 10_000,
  })
  const { data: channels } = useQuery(apiQuery('GET /alert-channels', { query: owner }))
  const columns = useMemo(() => {
    const names = new Map(channels?.data.map(({ id, name }) => [id, name]))
    return columnsOf(formatTime, (id) => names.get(id) ?? 'a removed channel')
  }, [formatTime, channels])
  return (
    <Card title="Messages" note="tried up to six times within an hour" isFlush>
      {deliveries.error ? (
        <div className="p-4">
          <ErrorNote error={deliveries.error} onRetry={() => void deliveries.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Messages"
          columns={columns}
          rows={deliveries.data?.data}
          rowId={({ id }) => id}
          empty={
            <EmptyState icon={PaperPlaneTiltIcon} title="Nothing was told yet">
              Messages to channels show here, with how often they were tried and what was answered.
            </EmptyState>
          }
        />
      )}
    </Card>
  )
}

const colors = { queued: 'info', sent: 'success', failed: 'error' } as const

function columnsOf(formatTime: ReturnType<typeof useFormatTime>, nameOf: (id: string) => string): Column<Delivery>[] {
  return [
    { accessorKey: 'created_at', header: 'Time', cell: ({ row }) => formatTime(row.original.created_at, 'second') },
    { id: 'channel', header: 'Channel', accessorFn: ({ channel_id }) => nameOf(channel_id) },
    {
      accessorKey: 'title',
      header: 'Message',
      cell: ({ row: { original: delivery } }) => (
        <span className="flex max-w-120 flex-col py-1 leading-5 whitespace-normal">
          <span className="font-medium">{delivery.title}</span>
          <span className="text-kumo-subtle">{delivery.message}</span>
        </span>
      ),
    },
    {
      accessorKey: 'status',
      header: 'Status',
      cell: ({ row: { original: delivery } }) => (
        <span className="inline-flex items-center gap-2">
          <Badge variant={colors[delivery.status]}>{delivery.status}</Badge>
          {delivery.last_error && <span className="text-sm text-kumo-subtle">{delivery.last_error}</span>}
        </span>
      ),
    },
    { accessorKey: 'attempts', header: 'Tries', meta: { align: 'right' } },
  ]
}
