import { Badge } from '@cloudflare/kumo/components/badge'
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
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { formatThreshold } from './format-threshold.ts'
import type { OwnerQuery } from './owner-query.ts'
import { RuleDialog } from './rule-dialog.tsx'

export type AlertRule = Answer<'GET /alert-rules'>['data'][number]

/** What somebody wants to hear of. */
export function RulesCard({ owner, isSystem }: { owner: OwnerQuery; isSystem: boolean }): ReactElement {
  const { can } = useSession()
  const rules = useQuery(apiQuery('GET /alert-rules', { query: owner }))
  const [edited, setEdited] = useState<AlertRule | 'new'>()
  const [removed, setRemoved] = useState<AlertRule>()
  const mayWrite = can(isSystem ? 'operator' : 'admin')
  const columns = useMemo(
    () => columnsOf(mayWrite ? { onEdit: setEdited, onRemove: setRemoved } : undefined),
    [mayWrite],
  )
  const remove = useWrite('DELETE /alert-rules/:id', {
    invalidates: ['GET /alert-rules'],
    success: 'Rule removed',
    onSuccess: () => setRemoved(undefined),
  })
  return (
    <Card
      title="Rules"
      note="those marked “default” are there without anybody having made them"
      isFlush
      actions={
        <WriteButton
          needs={isSystem ? 'operator' : 'admin'}
          size="sm"
          variant="primary"
          onClick={() => setEdited('new')}
        >
          Add rule
        </WriteButton>
      }
    >
      {rules.error ? (
        <div className="p-4">
          <ErrorNote error={rules.error} onRetry={() => void rules.refetch()} />
        </div>
      ) : (
        <DataTable label="Rules" columns={columns} rows={rules.data?.data} rowId={({ id }) => id} />
      )}
      {edited && (
        <RuleDialog
          rule={edited === 'new' ? undefined : edited}
          owner={owner}
          isSystem={isSystem}
          onClose={() => setEdited(undefined)}
        />
      )}
      {removed && (
        <ConfirmDialog
          isOpen
          onClose={() => setRemoved(undefined)}
          title={`Remove the rule “${removed.name}”?`}
          confirm="Remove"
          isPending={remove.isPending}
          onConfirm={() => remove.mutate({ params: { id: removed.id }, query: owner })}
        >
          {removed.is_default
            ? 'A default rule cannot be removed; switch it off instead.'
            : 'Nobody hears of it any more. Alerts that are open are resolved.'}
        </ConfirmDialog>
      )}
    </Card>
  )
}

interface Actions {
  onEdit(rule: AlertRule): void
  onRemove(rule: AlertRule): void
}

function columnsOf(actions: Actions | undefined): Column<AlertRule>[] {
  const editing: Column<AlertRule>[] = actions
    ? [
        {
          id: 'actions',
          header: () => <span className="sr-only">Actions</span>,
          enableSorting: false,
          meta: { align: 'right' },
          cell: ({ row: { original: rule } }) => (
            <EditButtons name={rule.name} onEdit={() => actions.onEdit(rule)} onRemove={() => actions.onRemove(rule)} />
          ),
        },
      ]
    : []
  const threshold = (key: 'warning' | 'critical', header: string): Column<AlertRule> => ({
    accessorKey: key,
    header,
    meta: { align: 'right' },
    cell: ({ row }) => formatThreshold(row.original[key], row.original.unit),
  })
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row: { original: rule } }) => (
        <span className="inline-flex items-center gap-2">
          <span className={rule.enabled ? 'font-medium' : 'text-kumo-subtle'}>{rule.name}</span>
          {rule.is_default && <Badge variant="outline">default</Badge>}
          {!rule.enabled && <Badge variant="secondary">off</Badge>}
        </span>
      ),
    },
    {
      id: 'filter',
      header: 'Only',
      accessorFn: ({ filter, error_type }) =>
        [...Object.entries(filter).map(([key, value]) => `${key.replace(/_id$/, '')} ${value}`), error_type ?? '']
          .filter(Boolean)
          .join(', '),
    },
    threshold('warning', 'Warning'),
    threshold('critical', 'Critical'),
    {
      accessorKey: 'window_seconds',
      header: 'Within',
      meta: { align: 'right' },
      cell: ({ row: { original: rule } }) =>
        rule.unit === 'event' ? '–' : `${Math.round(rule.window_seconds / 60)} min`,
    },
    { accessorKey: 'digest', header: 'Told' },
    ...editing,
  ]
}
