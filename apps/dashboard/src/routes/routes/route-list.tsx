import { Badge } from '@cloudflare/kumo/components/badge'
import { PathIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { GatewaySelect } from '../../gateways/gateway-select.tsx'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { NewRouteDialog } from './new-route-dialog.tsx'
import type { RoutesSearch } from './routes-search.ts'

type Route = Answer<'GET /gateways/:id/routes'>['data'][number]

interface RouteListProps {
  gatewayId: string
  change(next: RoutesSearch, isStep?: boolean): void
}

/** A gateway's routes. */
export function RouteList({ gatewayId, change }: RouteListProps): ReactElement {
  const { org } = useSession()
  const formatTime = useFormatTime()
  const [isMaking, setIsMaking] = useState(false)
  const { data, error, refetch } = useQuery(
    apiQuery('GET /gateways/:id/routes', { params: { id: gatewayId }, query: { org_id: org.id } }),
  )
  const columns = useMemo(() => columnsOf((at) => formatTime(at, 'dayMinute')), [formatTime])
  const add = (
    <WriteButton needs="admin" variant="primary" onClick={() => setIsMaking(true)}>
      New route
    </WriteButton>
  )
  return (
    <>
      <PageHeader
        title="Routes"
        description="Graphs that decide which model answers. Callers name them as a model."
        actions={
          <>
            <GatewaySelect
              value={gatewayId}
              onChange={(id) => change({ gateway: id === 'default' ? undefined : id })}
            />
            {add}
          </>
        }
      />
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : (
        <Card isFlush>
          <DataTable
            label="Routes"
            columns={columns}
            rows={data?.data}
            rowId={({ id }) => id}
            onOpen={({ name }) => change({ route: name }, true)}
            empty={
              <EmptyState icon={PathIcon} title="No routes yet" actions={add}>
                A route sends each request to a model by what the request says, by shares, by limits, and by what failed
                before. Callers name it as a model: dynamic/name.
              </EmptyState>
            }
          />
        </Card>
      )}
      {isMaking && (
        <NewRouteDialog
          gatewayId={gatewayId}
          onClose={() => setIsMaking(false)}
          onMade={(name) => change({ route: name }, true)}
        />
      )}
    </>
  )
}

function columnsOf(formatMoment: (at: number) => string): Column<Route>[] {
  return [
    {
      accessorKey: 'name',
      header: 'Name',
      cell: ({ row }) => <span className="font-medium">{row.original.name}</span>,
    },
    {
      accessorKey: 'model',
      header: 'Called as',
      cell: ({ row }) => <code className="font-mono text-xs">{row.original.model}</code>,
    },
    {
      id: 'version',
      header: 'Serves',
      accessorFn: ({ version }) => version?.number ?? 0,
      cell: ({ row: { original } }) =>
        original.version ? (
          <Badge variant="success" appearance="dot">
            version {original.version.number}
          </Badge>
        ) : (
          <Badge variant="secondary">draft only</Badge>
        ),
    },
    {
      id: 'elements',
      header: 'Elements',
      meta: { align: 'right' },
      accessorFn: ({ version }) => version?.elements.length ?? 0,
      cell: ({ row: { original } }) => original.version?.elements.length ?? '–',
    },
    {
      accessorKey: 'modified_at',
      header: 'Changed',
      meta: { align: 'right' },
      cell: ({ row }) => formatMoment(row.original.modified_at),
    },
  ]
}
