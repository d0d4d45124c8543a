import { Badge } from '@cloudflare/kumo/components/badge'
import { BellIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import type { OwnerQuery } from './owner-query.ts'

type AlertEvent = Answer<'GET /alert-events'>['data'][number]

/** What happened, newest first, and whether it still holds. */
export function EventsCard({ owner }: { owner: OwnerQuery }): ReactElement {
  const formatTime = useFormatTime()
  const events = useQuery({
    ...apiQuery('GET /alert-events', { query: { ...owner, limit: 200 } }),
    refetchInterval: 10_000,
  })
  const { mutate: acknowledge } = useWrite('POST /alert-events/:id/acknowledge', {
    invalidates: ['GET /alert-events'],
    success: 'You look after it',
  })
  const columns = useMemo(
    () => columnsOf(formatTime, (id) => acknowledge({ params: { id }, query: owner })),
    [formatTime, acknowledge, owner],
  )
  return (
    <Card isFlush>
      {events.error ? (
        <div className="p-4">
          <ErrorNote error={events.error} onRetry={() => void events.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Alerts"
          columns={columns}
          rows={events.data?.data}
          rowId={({ id, kind, subject, created_at }) => id ?? `${kind} ${subject} ${created_at}`}
          empty={
            <EmptyState icon={BellIcon} title="All is quiet">
              Rules for spend, errors, budgets and more are there by default. What they find shows here, and is told to
              the channels.
            </EmptyState>
          }
        />
      )}
    </Card>
  )
}

const colors = { warning: 'orange', critical: 'red' } as const

function columnsOf(
  formatTime: ReturnType<typeof useFormatTime>,
  onAcknowledge: (id: string) => void,
): Column<AlertEvent>[] {
  return [
    {
      id: 'severity',
      header: 'Severity',
      accessorFn: ({ severity }) => severity ?? 'note',
      cell: ({ row: { original: event } }) =>
        event.severity ? (
          <Badge variant={colors[event.severity]}>{event.severity}</Badge>
        ) : (
          <Badge variant="secondary">note</Badge>
        ),
    },
    {
      accessorKey: 'message',
      header: 'What',
      cell: ({ row: { original: event } }) => (
        <span className="flex max-w-160 flex-col py-1 leading-5 whitespace-normal">
          <span className="font-medium">{event.rule_name ?? event.kind.replaceAll('_', ' ')}</span>
          <span className="text-kumo-subtle">{event.message}</span>
        </span>
      ),
    },
    { accessorKey: 'created_at', header: 'Since', cell: ({ row }) => formatTime(row.original.created_at, 'second') },
    {
      id: 'state',
      header: 'State',
      accessorFn: ({ state }) => state ?? '',
      cell: ({ row: { original: event } }) => <State event={event} formatTime={formatTime} />,
    },
    {
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row: { original: event } }) => {
        const { id, state } = event
        if (id === undefined || state !== 'open') return null
        return (
          <WriteButton needs="member" size="sm" onClick={() => onAcknowledge(id)}>
            Acknowledge
          </WriteButton>
        )
      },
    },
  ]
}

function State({
  event: { state, resolved_at, acknowledged_by },
  formatTime,
}: {
  event: AlertEvent
  formatTime: ReturnType<typeof useFormatTime>
}): ReactElement | null {
  if (state === undefined) return null
  if (state === 'resolved' && typeof resolved_at === 'number') {
    return <span className="text-kumo-subtle">resolved {formatTime(resolved_at, 'dayMinute')}</span>
  }
  if (state === 'acknowledged')
    return <span className="text-kumo-subtle">{acknowledged_by ?? 'somebody'} looks after it</span>
  return <Badge variant="error">open</Badge>
}
