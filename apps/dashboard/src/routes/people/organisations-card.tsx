import { Button } from '@cloudflare/kumo/components/button'
import { PencilSimpleIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { OrganisationDialog } from './organisation-dialog.tsx'

export type Org = Answer<'GET /orgs'>['data'][number]

/** All organisations of the gateway; for operators. */
export function OrganisationsCard(): ReactElement {
  const orgs = useQuery(apiQuery('GET /orgs', {}))
  const [edited, setEdited] = useState<Org | 'new'>()
  const formatTime = useFormatTime()
  const columns = useMemo(() => columnsOf(formatTime, setEdited), [formatTime])
  return (
    <Card
      title="Organisations"
      note="of the whole gateway; each sees only its own"
      isFlush
      actions={
        <Button size="sm" onClick={() => setEdited('new')}>
          Add organisation
        </Button>
      }
    >
      {orgs.error ? (
        <div className="p-4">
          <ErrorNote error={orgs.error} onRetry={() => void orgs.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Organisations"
          columns={columns}
          rows={orgs.data?.data}
          rowId={({ id }) => id}
          skeletonRows={2}
        />
      )}
      {edited && (
        <OrganisationDialog org={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </Card>
  )
}

function columnsOf(formatTime: ReturnType<typeof useFormatTime>, onEdit: (org: Org) => void): Column<Org>[] {
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row }) => <span className="font-medium">{row.original.name}</span>,
    },
    { accessorKey: 'id', header: 'Id', cell: ({ row }) => <code className="text-sm">{row.original.id}</code> },
    { accessorKey: 'tier_id', header: 'Tier' },
    {
      accessorKey: 'created_at',
      header: 'Since',
      cell: ({ row: { original } }) =>
        original.created_at === 0 ? 'the beginning' : formatTime(original.created_at, 'day'),
    },
    {
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row: { original: org } }) => (
        <Button
          size="sm"
          variant="ghost"
          shape="square"
          icon={PencilSimpleIcon}
          aria-label={`Change ${org.name}`}
          onClick={() => onEdit(org)}
        />
      ),
    },
  ]
}
