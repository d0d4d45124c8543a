import { Badge } from '@cloudflare/kumo/components/badge'
import { LockKeyIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import type { Names } from '../../names/names.ts'
import { useNames } from '../../names/use-names.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { EditButtons } from '../../ui/edit-buttons.tsx'
import { ProviderKeyDialog } from './provider-key-dialog.tsx'

export type ProviderKey = Answer<'GET /provider-keys'>['data'][number]

/** Stored keys for providers: the organisation's, and for operators the gateway's own. */
export function ProviderKeysCard(): ReactElement {
  const { can, org } = useSession()
  return (
    <div className="flex flex-col gap-5">
      <KeyList title={`Keys of ${org.name}`} isSystem={false} mayWrite={can('admin')} />
      {can('operator') && <KeyList title="Keys of the gateway" isSystem mayWrite />}
    </div>
  )
}

function KeyList({ title, isSystem, mayWrite }: { title: string; isSystem: boolean; mayWrite: boolean }): ReactElement {
  const { org } = useSession()
  const names = useNames()
  const query = isSystem ? { system: 'true' as const } : { org_id: org.id }
  const keys = useQuery(apiQuery('GET /provider-keys', { query }))
  const [edited, setEdited] = useState<ProviderKey | 'new'>()
  const [removed, setRemoved] = useState<ProviderKey>()
  const columns = useMemo(
    () => columnsOf(names, mayWrite ? { onEdit: setEdited, onRemove: setRemoved } : undefined),
    [names, mayWrite],
  )
  const remove = useWrite('DELETE /provider-keys/:id', {
    invalidates: ['GET /provider-keys', 'GET /key-resolution'],
    success: 'Provider key removed',
    onSuccess: () => setRemoved(undefined),
  })
  return (
    <Card
      title={title}
      note={isSystem ? 'serve every organisation, or those of a tier' : 'sealed with the master key'}
      isFlush
      actions={
        <WriteButton
          needs={isSystem ? 'operator' : 'admin'}
          size="sm"
          variant="primary"
          onClick={() => setEdited('new')}
        >
          Add key
        </WriteButton>
      }
    >
      {keys.error ? (
        <div className="p-4">
          <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />
        </div>
      ) : (
        <DataTable
          label={title}
          columns={columns}
          rows={keys.data?.data}
          rowId={({ id }) => id}
          skeletonRows={2}
          empty={
            <EmptyState icon={LockKeyIcon} title="No keys are stored">
              Without one, the gateway uses keys of its environment, such as OPENAI_API_KEY, or those that callers send.
            </EmptyState>
          }
        />
      )}
      {edited && (
        <ProviderKeyDialog
          providerKey={edited === 'new' ? undefined : edited}
          isSystem={isSystem}
          onClose={() => setEdited(undefined)}
        />
      )}
      {removed && (
        <ConfirmDialog
          isOpen
          onClose={() => setRemoved(undefined)}
          title={`Remove the key “${removed.name}”?`}
          confirm="Remove"
          isPending={remove.isPending}
          onConfirm={() => remove.mutate({ params: { id: removed.id }, query })}
        >
          Calls to {removed.provider} use the next level that has a key, within ten seconds.
        </ConfirmDialog>
      )}
    </Card>
  )
}

const levels: Readonly<Record<ProviderKey['level'], string>> = {
  user: 'user',
  org: 'organisation',
  system_tier: 'tier',
  system: 'everyone',
}

interface Actions {
  onEdit(key: ProviderKey): void
  onRemove(key: ProviderKey): void
}

function columnsOf(names: Names, actions: Actions | undefined): Column<ProviderKey>[] {
  const editing: Column<ProviderKey>[] = actions
    ? [
        {
          id: 'actions',
          header: () => <span className="sr-only">Actions</span>,
          enableSorting: false,
          meta: { align: 'right' },
          cell: ({ row: { original: key } }) => (
            <EditButtons name={key.name} onEdit={() => actions.onEdit(key)} onRemove={() => actions.onRemove(key)} />
          ),
        },
      ]
    : []
  return [
    {
      accessorKey: 'provider',
      header: 'Provider',
      cell: ({ row }) => <span className="font-medium">{row.original.provider}</span>,
    },
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row: { original: key } }) => (
        <span className="inline-flex items-center gap-2">
          {key.name}
          {key.last_four && <code className="text-sm text-kumo-subtle">…{key.last_four}</code>}
          {key.disabled_at !== null && <Badge variant="secondary">off</Badge>}
          {key.rejection && <Badge variant="error">{`rejected: ${key.rejection.reason.replace('_', ' ')}`}</Badge>}
        </span>
      ),
    },
    {
      id: 'level',
      header: 'Serves',
      accessorFn: ({ level, user_id, tier_id }) =>
        `${levels[level]}${user_id === null ? '' : ` ${names('user_id', user_id)}`}${tier_id === null ? '' : ` ${tier_id}`}`,
    },
    { accessorKey: 'alias', header: 'Alias', cell: ({ row }) => <code className="text-sm">{row.original.alias}</code> },
    { accessorKey: 'weight', header: 'Weight', meta: { align: 'right' } },
    ...editing,
  ]
}
