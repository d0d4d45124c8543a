import { Button } from '@cloudflare/kumo/components/button'
import { ArrowsLeftRightIcon, ChartLineUpIcon } from '@phosphor-icons/react'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, type ReactElement } from 'react'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { parseQuery } from '../../filters/parse-query.ts'
import { TimeRangePicker } from '../../time-range/time-range-picker.tsx'
import { useTimeRange } from '../../time-range/use-time-range.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeysLink } from '../../ui/keys-link.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { sampleRequest } from '../../ui/sample-request.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { NotKept } from './not-kept.tsx'
import type { OverviewSearch } from './overview-search.ts'
import { SeriesCard } from './series-card.tsx'
import { SummaryTiles } from './summary-tiles.tsx'
import { useSummary } from './use-analytics.ts'
import { whyUnanswerable } from './dimensions.ts'

const route = getRouteApi('/shell/')

/** What lies below the first screen comes after it. */
const BreakdownCard = lazy(async () => ({ default: (await import('./breakdown-card.tsx')).BreakdownCard }))
const ErrorsCard = lazy(async () => ({ default: (await import('./errors-card.tsx')).ErrorsCard }))

/** What the gateway did, for whom, and what it cost. */
export function OverviewPage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const range = useTimeRange(search)
  const change = (next: OverviewSearch): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
  return (
    <>
      <PageHeader
        title="Overview"
        description="What the gateway did, for whom, and what it cost."
        actions={
          <>
            <Button
              icon={ArrowsLeftRightIcon}
              aria-pressed={search.compare !== '0'}
              className="text-kumo-subtle aria-pressed:text-kumo-default"
              onClick={() => change({ compare: search.compare === '0' ? undefined : '0' })}
            >
              {search.compare === '0' ? 'Compare' : 'Compared'}
            </Button>
            <TimeRangePicker search={search} range={range} onChange={change} />
          </>
        }
      />
      <div className="mb-4 flex">
        <FilterBar
          text={search.q ?? ''}
          onChange={(q) => change({ q })}
          placeholder="Filter, such as provider:openai user:ann meta.team:search"
        />
      </div>
      <Parts search={search} range={range} change={change} />
    </>
  )
}

interface PartsProps {
  search: OverviewSearch
  range: { from: number; to: number }
  change(next: OverviewSearch): void
}

function Parts({ search, range, change }: PartsProps): ReactElement {
  const query = parseQuery(search.q ?? '')
  const scope = { range, query }
  const reason = whyUnanswerable(query.filters, query.words)
  const summary = useSummary(scope)
  if (reason !== undefined) return <NotKept reason={reason} search={search} query={query} />
  if (summary.error && !summary.data) return <ErrorNote error={summary.error} onRetry={() => void summary.refetch()} />
  const isEmpty = summary.data?.current.requests === 0 && summary.data.previous.requests === 0 && search.q === undefined
  return (
    <div className="flex flex-col gap-4">
      <SummaryTiles
        scope={scope}
        summary={summary.data}
        isCompared={search.compare !== '0'}
        metric={search.metric}
        onMetric={(metric) => change({ metric })}
      />
      {isEmpty ? (
        <Card>
          <EmptyState
            icon={ChartLineUpIcon}
            title="No requests in this time"
            command={sampleRequest(location.origin)}
            actions={<KeysLink />}
          >
            Send the first one with a gateway key, or choose a longer time. Numbers appear here within seconds.
          </EmptyState>
        </Card>
      ) : (
        <>
          <SeriesCard scope={scope} search={search} change={change} />
          <Suspense fallback={<Skeleton className="h-96 w-full" />}>
            <BreakdownCard scope={scope} search={search} onSplit={(split) => change({ split })} />
            <ErrorsCard scope={scope} search={search} />
          </Suspense>
        </>
      )}
    </div>
  )
}
