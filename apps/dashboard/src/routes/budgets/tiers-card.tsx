import { Button } from '@cloudflare/kumo/components/button'
import { PencilSimpleIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { formatCount } from '../../format/number.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { TierDialog } from './tier-dialog.tsx'

export type Tier = Answer<'GET /tiers'>['data'][number]

/** What organisations and users may do a day and a minute. */
export function TiersCard(): ReactElement {
  const { can } = useSession()
  const tiers = useQuery(apiQuery('GET /tiers', {}))
  const [edited, setEdited] = useState<Tier | 'new'>()
  const mayWrite = can('operator')
  const columns = useMemo(() => columnsOf(mayWrite ? setEdited : undefined), [mayWrite])
  return (
    <Card
      title="Tiers"
      note="of the whole gateway"
      isFlush
      actions={
        <WriteButton needs="operator" size="sm" onClick={() => setEdited('new')}>
          Add tier
        </WriteButton>
      }
    >
      {tiers.error ? (
        <div className="p-4">
          <ErrorNote error={tiers.error} onRetry={() => void tiers.refetch()} />
        </div>
      ) : (
        <DataTable label="Tiers" columns={columns} rows={tiers.data?.data} rowId={(tier) => tier.id} skeletonRows={4} />
      )}
      {edited && <TierDialog tier={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

function columnsOf(onEdit: ((tier: Tier) => void) | undefined): Column<Tier>[] {
  const limit = (
    key: 'requests_per_day' | 'requests_per_minute' | 'tokens_per_minute',
    header: string,
  ): Column<Tier> => ({
    accessorKey: key,
    header,
    meta: { align: 'right' },
    cell: ({ row }) => {
      const value = row.original[key]
      return value === null ? <span className="text-kumo-subtle">no limit</span> : formatCount(value)
    },
  })
  const actions: Column<Tier> = {
    id: 'actions',
    header: () => <span className="sr-only">Actions</span>,
    enableSorting: false,
    meta: { align: 'right' },
    cell: ({ row: { original: tier } }) => (
      <Button
        size="sm"
        variant="ghost"
        shape="square"
        icon={PencilSimpleIcon}
        aria-label={`Change ${tier.name}`}
        onClick={() => onEdit?.(tier)}
      />
    ),
  }
  return [
    {
      accessorKey: 'name',
      header: 'Tier',
      cell: ({ row }) => <span className="font-medium">{row.original.name}</span>,
    },
    limit('requests_per_day', 'Requests a day'),
    limit('requests_per_minute', 'Requests a minute'),
    limit('tokens_per_minute', 'Tokens a minute'),
    ...(onEdit ? [actions] : []),
  ]
}
