import { Badge } from '@cloudflare/kumo/components/badge'
import { Button } from '@cloudflare/kumo/components/button'
import { PencilSimpleIcon, TrashIcon, WalletIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { formatMoney } from '../../format/money.ts'
import type { Names } from '../../names/names.ts'
import { useNames } from '../../names/use-names.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { UsedBar } from '../../ui/used-bar.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { BudgetDialog } from './budget-dialog.tsx'
import { scopeNames, periodNames } from './budget-words.ts'

export type Budget = Answer<'GET /budgets'>['data'][number]

/** Budgets, and how they stand. */
export function BudgetsCard(): ReactElement {
  const { org, can } = useSession()
  const names = useNames()
  const budgets = useQuery({
    ...apiQuery('GET /budgets', { query: { org_id: org.id } }),
    refetchInterval: 15_000,
  })
  const [edited, setEdited] = useState<Budget | 'new'>()
  const [removed, setRemoved] = useState<Budget>()
  const mayWrite = can('admin')
  const columns = useMemo(
    () => columnsOf({ names, mayWrite, onEdit: setEdited, onRemove: setRemoved }),
    [names, mayWrite],
  )
  return (
    <Card
      title="Budgets"
      note="set aside before each call, so that nothing passes them"
      isFlush
      actions={
        <WriteButton needs="admin" size="sm" variant="primary" onClick={() => setEdited('new')}>
          Add budget
        </WriteButton>
      }
    >
      {budgets.error ? (
        <div className="p-4">
          <ErrorNote error={budgets.error} onRetry={() => void budgets.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Budgets"
          columns={columns}
          rows={budgets.data?.data}
          rowId={(budget) => budget.id}
          empty={
            <EmptyState icon={WalletIcon} title="Nothing is limited yet">
              A budget stops, or only reports, what an organisation, a user, a key, a gateway or a route may spend in a
              day, a month or altogether.
            </EmptyState>
          }
        />
      )}
      {edited && <BudgetDialog budget={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      {removed && <RemoveBudget budget={removed} onClose={() => setRemoved(undefined)} />}
    </Card>
  )
}

function RemoveBudget({ budget, onClose }: { budget: Budget; onClose(): void }): ReactElement {
  const { org } = useSession()
  const remove = useWrite('DELETE /budgets/:id', {
    invalidates: ['GET /budgets'],
    success: 'Budget removed',
    onSuccess: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Remove the budget “${budget.name}”?`}
      confirm="Remove"
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ params: { id: budget.id }, query: { org_id: org.id } })}
    >
      Spending is no longer held back by it, from the next request on. What it has counted is forgotten.
    </ConfirmDialog>
  )
}

interface ColumnOptions {
  names: Names
  mayWrite: boolean
  onEdit(budget: Budget): void
  onRemove(budget: Budget): void
}

function columnsOf({ names, mayWrite, onEdit, onRemove }: ColumnOptions): Column<Budget>[] {
  const actions: Column<Budget> = {
    id: 'actions',
    header: () => <span className="sr-only">Actions</span>,
    meta: { align: 'right' },
    enableSorting: false,
    cell: ({ row: { original: budget } }) => (
      <span className="inline-flex gap-1">
        <Button
          size="sm"
          variant="ghost"
          shape="square"
          icon={PencilSimpleIcon}
          aria-label={`Change ${budget.name}`}
          onClick={() => onEdit(budget)}
        />
        <Button
          size="sm"
          variant="ghost"
          shape="square"
          icon={TrashIcon}
          aria-label={`Remove ${budget.name}`}
          onClick={() => onRemove(budget)}
        />
      </span>
    ),
  }
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row: { original: budget } }) => (
        <span className="inline-flex items-center gap-2">
          <span className={budget.disabled_at === null ? 'font-medium' : 'text-kumo-subtle line-through'}>
            {budget.name}
          </span>
          {budget.disabled_at !== null && <Badge variant="secondary">off</Badge>}
          {budget.mode === 'warn' && <Badge variant="orange">only warns</Badge>}
        </span>
      ),
    },
    {
      id: 'scope',
      header: 'For',
      accessorFn: ({ scope, scope_id }) =>
        scope_id === null ? scopeNames[scope] : `${scopeNames[scope]} ${names(nameKeys[scope] ?? scope, scope_id)}`,
    },
    { id: 'period', header: 'Each', accessorFn: ({ period }) => periodNames[period] },
    {
      id: 'used',
      header: 'Used',
      accessorFn: ({ state, limit_nano_usd: limit }) => (state && limit > 0 ? state.spent_nano_usd / limit : 0),
      cell: ({ row: { original: budget } }) => <BudgetState budget={budget} />,
    },
    {
      accessorKey: 'limit_nano_usd',
      header: 'Limit',
      meta: { align: 'right' },
      cell: ({ row }) => formatMoney(row.original.limit_nano_usd),
    },
    ...(mayWrite ? [actions] : []),
  ]
}

const nameKeys: Readonly<Record<string, string>> = { user: 'user_id', gateway_key: 'gateway_key_id' }

function BudgetState({ budget: { name, state, limit_nano_usd: limit } }: { budget: Budget }): ReactElement {
  if (!state) return <span className="text-kumo-subtle">cannot be read just now</span>
  const held = state.reserved_nano_usd > 0 ? `, ${formatMoney(state.reserved_nano_usd)} held` : ''
  return (
    <UsedBar
      label={`${name} used`}
      used={state.spent_nano_usd + state.reserved_nano_usd}
      limit={limit}
      text={`${formatMoney(state.spent_nano_usd)}${held}`}
    />
  )
}
