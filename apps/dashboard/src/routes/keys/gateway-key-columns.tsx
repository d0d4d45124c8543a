import { Badge } from '@cloudflare/kumo/components/badge'
import { Button } from '@cloudflare/kumo/components/button'
import { ArrowsClockwiseIcon, PencilSimpleIcon, ProhibitIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import type { Names } from '../../names/names.ts'
import type { useFormatTime } from '../../preferences/time-zone.ts'
import type { Column } from '../../ui/data-table.tsx'
import type { GatewayKey } from './gateway-keys-card.tsx'
import { describeScopes } from './describe-scopes.ts'
import { stateOfKey } from './state-of-key.ts'

interface ColumnOptions {
  names: Names
  formatTime: ReturnType<typeof useFormatTime>
  mayChange(key: GatewayKey): boolean
  onOpen(kind: 'edit' | 'rotate' | 'revoke', key: GatewayKey): void
}

/** Columns of gateway keys. */
export function gatewayKeyColumns({ names, formatTime, mayChange, onOpen }: ColumnOptions): Column<GatewayKey>[] {
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row: { original: key } }) => (
        <span className="inline-flex items-center gap-2">
          <span className="font-medium">{key.name}</span>
          <code className="text-sm text-kumo-subtle">…{key.last_four}</code>
          <KeyState gatewayKey={key} />
        </span>
      ),
    },
    {
      accessorKey: 'user_id',
      header: 'Whose',
      cell: ({ row: { original: key } }) =>
        key.user_id === null ? (
          <span className="text-kumo-subtle">the organisation’s</span>
        ) : (
          names('user_id', key.user_id)
        ),
    },
    { id: 'scopes', header: 'May', accessorFn: ({ scopes }) => describeScopes(scopes) },
    {
      accessorKey: 'last_used_at',
      header: 'Last used',
      cell: ({ row: { original: key } }) =>
        key.last_used_at === null ? (
          <span className="text-kumo-subtle">never</span>
        ) : (
          formatTime(key.last_used_at, 'dayMinute')
        ),
    },
    { accessorKey: 'created_at', header: 'Created', cell: ({ row }) => formatTime(row.original.created_at, 'day') },
    {
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row: { original: key } }) =>
        key.revoked_at === null && mayChange(key) ? <Actions gatewayKey={key} onOpen={onOpen} /> : null,
    },
  ]
}

const button = { size: 'sm', variant: 'ghost', shape: 'square' } as const

function Actions({
  gatewayKey: key,
  onOpen,
}: { gatewayKey: GatewayKey } & Pick<ColumnOptions, 'onOpen'>): ReactElement {
  return (
    <span className="inline-flex gap-1">
      <Button
        {...button}
        icon={PencilSimpleIcon}
        aria-label={`Change ${key.name}`}
        onClick={() => onOpen('edit', key)}
      />
      <Button
        {...button}
        icon={ArrowsClockwiseIcon}
        aria-label={`Rotate ${key.name}`}
        onClick={() => onOpen('rotate', key)}
      />
      <Button {...button} icon={ProhibitIcon} aria-label={`Revoke ${key.name}`} onClick={() => onOpen('revoke', key)} />
    </span>
  )
}

const colors = { revoked: 'error', expired: 'orange', rotating: 'info' } as const

function KeyState({ gatewayKey }: { gatewayKey: GatewayKey }): ReactElement | null {
  const state = stateOfKey(gatewayKey, Date.now())
  return state === 'active' ? null : <Badge variant={colors[state]}>{state}</Badge>
}
