import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { ClockCounterClockwiseIcon } from '@phosphor-icons/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { api } from '../../api/api.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { TimeRangePicker } from '../../time-range/time-range-picker.tsx'
import { useTimeRange } from '../../time-range/use-time-range.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { AuditSheet } from './audit-sheet.tsx'
import type { AuditSearch } from './audit-search.ts'
import { describeAction } from './describe-action.ts'

export type AuditEntry = Answer<'GET /audit'>['data'][number]

const route = getRouteApi('/shell/audit')

/** Who changed what. */
export function AuditPage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { can } = useSession()
  const range = useTimeRange(search)
  const entries = useAudit(search, range)
  const formatTime = useFormatTime()
  const columns = useMemo(() => columnsOf(formatTime), [formatTime])
  const rows = entries.data?.pages.flatMap(({ data }) => data)
  const set = (change: Partial<AuditSearch>): void =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who changed what."
        actions={<TimeRangePicker search={search} range={range} onChange={set} />}
      />
      <div className="mb-4 flex flex-wrap items-center gap-4">
        <Input
          aria-label="Part of the action"
          placeholder="Part of the action, such as budgets"
          className="w-72"
          value={search.action ?? ''}
          onChange={(event) => set({ action: event.target.value })}
        />
        {can('operator') && (
          <Switch
            label="The gateway as a whole"
            checked={search.system === '1'}
            onCheckedChange={(isOn) => set({ system: isOn ? '1' : undefined })}
          />
        )}
      </div>
      {entries.error ? (
        <ErrorNote error={entries.error} onRetry={() => void entries.refetch()} />
      ) : (
        <Card isFlush>
          <DataTable
            label="Changes"
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            onOpen={({ id }) => set({ entry: id })}
            skeletonRows={10}
            empty={
              <EmptyState icon={ClockCounterClockwiseIcon} title="Nothing was changed">
                Each change made here, by the API or by Cloudflare’s management API leaves an entry. Choose a longer
                time to see older ones.
              </EmptyState>
            }
          />
          {entries.hasNextPage && (
            <div className="flex justify-center border-t border-kumo-hairline p-3">
              <Button size="sm" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                Show older ones
              </Button>
            </div>
          )}
        </Card>
      )}
      <AuditSheet entry={rows?.find(({ id }) => id === search.entry)} onClose={() => set({ entry: undefined })} />
    </>
  )
}

function useAudit({ action, actor, system }: AuditSearch, { from, to }: { from: number; to: number }) {
  const { org } = useSession()
  const query = {
    ...(system === '1' ? { system: 'true' as const } : { org_id: org.id }),
    ...(action && { action }),
    ...(actor && { actor }),
    from,
    to,
    limit: 100,
  }
  return useInfiniteQuery({
    queryKey: ['GET /audit', query],
    queryFn: ({ pageParam, signal }) =>
      api('GET /audit', { query: { ...query, ...(pageParam !== null && { cursor: pageParam }) }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })
}

const firstPage: string | null = null

function columnsOf(formatTime: ReturnType<typeof useFormatTime>): Column<AuditEntry>[] {
  return [
    { accessorKey: 'at', header: 'Time', cell: ({ row }) => formatTime(row.original.at, 'second') },
    { id: 'actor', header: 'Who', accessorFn: ({ actor }) => actor.name },
    {
      accessorKey: 'action',
      header: 'What',
      cell: ({ row }) => <span className="font-medium">{describeAction(row.original.action)}</span>,
    },
    {
      accessorKey: 'subject',
      header: 'Which',
      cell: ({ row }) => <code className="text-sm text-kumo-subtle">{row.original.subject ?? '–'}</code>,
    },
    {
      id: 'changes',
      header: 'Fields',
      accessorFn: ({ changes }) => Object.keys(changes).join(', '),
      cell: ({ row }) => (
        <span className="block max-w-80 truncate text-kumo-subtle">
          {Object.keys(row.original.changes).join(', ') || '–'}
        </span>
      ),
    },
  ]
}
