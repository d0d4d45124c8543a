import { Badge } from '@cloudflare/kumo/components/badge'
import { MegaphoneIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EditButtons } from '../../ui/edit-buttons.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import type { OwnerQuery } from './owner-query.ts'
import { TestChannel } from './test-channel.tsx'

export type AlertChannel = Answer<'GET /alert-channels'>['data'][number]

/** Where alerts are told. */
export function ChannelsCard({ owner }: { owner: OwnerQuery }): ReactElement {
  const { can } = useSession()
  const channels = useQuery(apiQuery('GET /alert-channels', { query: owner }))
  const [edited, setEdited] = useState<AlertChannel | 'new'>()
  const [removed, setRemoved] = useState<AlertChannel>()
  const mayWrite = can('admin')
  const columns = useMemo(
    () => columnsOf(owner, mayWrite ? { onEdit: setEdited, onRemove: setRemoved } : undefined),
    [owner, mayWrite],
  )
  const remove = useWrite('DELETE /alert-channels/:id', {
    invalidates: ['GET /alert-channels'],
    success: 'Channel removed',
    onSuccess: () => setRemoved(undefined),
  })
  return (
    <Card
      title="Channels"
      isFlush
      actions={
        <WriteButton needs="admin" size="sm" variant="primary" onClick={() => setEdited('new')}>
          Add channel
        </WriteButton>
      }
    >
      {channels.error ? (
        <div className="p-4">
          <ErrorNote error={channels.error} onRetry={() => void channels.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Channels"
          columns={columns}
          rows={channels.data?.data}
          rowId={({ id }) => id}
          skeletonRows={2}
          empty={
            <EmptyState icon={MegaphoneIcon} title="Nobody is told yet">
              Alerts show here alone until there is a channel: a webhook for Slack, Discord or a program of yours, or
              mail.
            </EmptyState>
          }
        />
      )}
      {edited && (
        <ChannelDialog
          channel={edited === 'new' ? undefined : edited}
          owner={owner}
          onClose={() => setEdited(undefined)}
        />
      )}
      {removed && (
        <ConfirmDialog
          isOpen
          onClose={() => setRemoved(undefined)}
          title={`Remove the channel “${removed.name}”?`}
          confirm="Remove"
          isPending={remove.isPending}
          onConfirm={() => remove.mutate({ params: { id: removed.id }, query: owner })}
        >
          Messages that wait for it are given up.
        </ConfirmDialog>
      )}
    </Card>
  )
}

interface Actions {
  onEdit(channel: AlertChannel): void
  onRemove(channel: AlertChannel): void
}

const formats: Readonly<Record<string, string>> = { slack: 'Slack', discord: 'Discord', json: 'signed JSON' }

function columnsOf(owner: OwnerQuery, actions: Actions | undefined): Column<AlertChannel>[] {
  const editing: Column<AlertChannel>[] = actions
    ? [
        {
          id: 'actions',
          header: () => <span className="sr-only">Actions</span>,
          enableSorting: false,
          meta: { align: 'right' },
          cell: ({ row: { original: channel } }) => (
            <span className="inline-flex items-center gap-2">
              <TestChannel channel={channel} owner={owner} />
              <EditButtons
                name={channel.name}
                onEdit={() => actions.onEdit(channel)}
                onRemove={() => actions.onRemove(channel)}
              />
            </span>
          ),
        },
      ]
    : []
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row: { original: channel } }) => (
        <span className="inline-flex items-center gap-2">
          <span className="font-medium">{channel.name}</span>
          {!channel.enabled && <Badge variant="secondary">off</Badge>}
          {channel.problem !== null && <Badge variant="error">cannot send</Badge>}
        </span>
      ),
    },
    {
      id: 'kind',
      header: 'Kind',
      accessorFn: ({ kind, format }) => (kind === 'email' ? 'mail' : `webhook, ${formats[format ?? ''] ?? ''}`),
    },
    {
      id: 'to',
      header: 'To',
      accessorFn: ({ url_preview, to }) => url_preview ?? (to ?? []).join(', '),
      cell: ({ row: { original: channel } }) => (
        <span className="text-kumo-subtle">
          {channel.problem ?? channel.url_preview ?? (channel.to ?? []).join(', ')}
        </span>
      ),
    },
    ...editing,
  ]
}
