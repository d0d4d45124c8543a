import { FunnelIcon, ListMagnifyingGlassIcon } from '@phosphor-icons/react'
import { Button } from '@cloudflare/kumo/components/button'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useState, type ReactElement } from 'react'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { formatQuery } from '../../filters/format-query.ts'
import { parseQuery } from '../../filters/parse-query.ts'
import { useSession } from '../../session/use-session.ts'
import { TimeRangePicker } from '../../time-range/time-range-picker.tsx'
import { useTimeRange } from '../../time-range/use-time-range.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { KeysLink } from '../../ui/keys-link.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { sampleRequest } from '../../ui/sample-request.ts'
import { SideSheet } from '../../ui/side-sheet.tsx'
import { chosenColumns } from './chosen-columns.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Facets } from './facets.tsx'
import { Histogram } from './histogram.tsx'
import { LiveButton } from './live-button.tsx'
import { logColumns } from './log-columns.tsx'
import { LogSheet } from './log-sheet.tsx'
import { LogTable } from './log-table.tsx'
import type { LogsSearch } from './logs-search.ts'
import { mergeRows } from './merge-rows.ts'
import { useLiveRows } from './use-live-rows.ts'
import { useLogRows, type LogScope } from './use-log-rows.ts'
import { ViewsMenu } from './views-menu.tsx'

const route = getRouteApi('/shell/logs')

/** Every request, and why it went as it did. */
export function LogsPage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { org, can } = useSession()
  const range = useTimeRange(search)
  const scope: LogScope = { orgId: org.id, range, query: parseQuery(search.q ?? '') }
  const [isChoosing, setIsChoosing] = useState(false)
  const live = useLiveRows(scope, search.live === '1')
  const change = (next: LogsSearch): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
  const facets = <Facets scope={scope} onChange={(query) => change({ q: formatQuery(query) || undefined })} />
  return (
    <>
      <PageHeader
        title="Logs"
        description="Every request, and why it went as it did."
        actions={
          <>
            <LiveButton state={live.state} onToggle={() => change({ live: search.live === '1' ? undefined : '1' })} />
            <TimeRangePicker search={search} range={range} onChange={change} />
          </>
        }
      />
      <div className="mb-4 flex flex-wrap gap-2">
        <div className="flex w-full min-w-0 flex-1 basis-80">
          <FilterBar
            text={search.q ?? ''}
            onChange={(q) => change({ q })}
            placeholder="Filter, such as provider:openai status:error cost:>0.01"
          />
        </div>
        <Button className="xl:hidden" icon={FunnelIcon} onClick={() => setIsChoosing(true)}>
          <span className="max-sm:sr-only">Facets</span>
        </Button>
        <ViewsMenu
          search={search}
          onChoose={({ q, range: preset, from, to }) => change({ q: q || undefined, range: preset, from, to })}
        />
        <ColumnsMenu />
        {can('member') && <ExportMenu scope={scope} />}
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[184px_minmax(0,1fr)]">
        <aside
          className="sticky top-4 -mx-1.5 hidden max-h-[calc(100dvh-11rem)] overflow-y-auto px-1.5 xl:block"
          aria-label="Facets"
        >
          {facets}
        </aside>
        <Rows scope={scope} search={search} change={change} live={live.rows} />
      </div>
      <SideSheet
        isOpen={isChoosing}
        onClose={() => setIsChoosing(false)}
        title="Facets"
        className="w-80 overflow-y-auto p-5"
      >
        {facets}
      </SideSheet>
    </>
  )
}

interface RowsProps {
  scope: LogScope
  search: LogsSearch
  change(next: LogsSearch): void
  live: ReturnType<typeof useLiveRows>['rows']
}

function Rows({ scope, search, change, live }: RowsProps): ReactElement {
  const { rows: read, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useLogRows(scope)
  const rows = useMemo(() => read && mergeRows(live, read), [live, read])
  const chosen = chosenColumns.use()
  const columns = useMemo(() => logColumns.filter(({ id }) => chosen.includes(id)), [chosen])
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  return (
    <section className="min-w-0 rounded-lg bg-kumo-base ring ring-kumo-line" aria-label="Requests">
      <Histogram scope={scope} onRange={({ from, to }) => change({ range: undefined, from, to })} />
      {error && !rows ? (
        <div className="p-4">
          <ErrorNote error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <LogTable
          columns={columns}
          rows={rows}
          openId={search.log}
          onOpen={({ id }) => change({ log: id })}
          onMore={more}
          hasMore={hasNextPage}
          empty={<NoRows isFiltered={search.q !== undefined} onClear={() => change({ q: undefined })} />}
        />
      )}
      {search.log !== undefined && (
        <LogSheet id={search.log} tab={search.tab} rows={rows ?? []} orgId={scope.orgId} change={change} />
      )}
    </section>
  )
}

function NoRows({ isFiltered, onClear }: { isFiltered: boolean; onClear(): void }): ReactElement {
  if (isFiltered) {
    return (
      <EmptyState
        icon={ListMagnifyingGlassIcon}
        title="No request matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Remove a condition, or choose a longer time.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={ListMagnifyingGlassIcon}
      title="No requests in this time"
      command={sampleRequest(location.origin)}
      actions={<KeysLink />}
    >
      Send the first one with a gateway key, or choose a longer time. It shows here within two seconds.
    </EmptyState>
  )
}
