import { useNavigate } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'
import type { Series } from '../../charts/chart-data.ts'
import { Legend } from '../../charts/legend.tsx'
import { TimeChart } from '../../charts/time-chart.tsx'
import { useNames } from '../../names/use-names.ts'
import { bucketOf } from '../../time-range/time-range.ts'
import { Card } from '../../ui/card.tsx'
import { ChoiceMenu } from '../../ui/choice-menu.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { whyUnanswerable } from './dimensions.ts'
import { DimensionSelect } from './dimension-select.tsx'
import { bucketRange, logsLink } from './logs-link.ts'
import { findMetric, metrics, type Metric } from './metrics.ts'
import type { OverviewSearch } from './overview-search.ts'
import { restId, toChartData, wholeId } from './to-chart-data.ts'
import { useSeries, type Scope } from './use-analytics.ts'

interface SeriesCardProps {
  scope: Scope
  search: OverviewSearch
  change(next: { metric?: Metric | undefined; by?: string | undefined }): void
}

/** One metric over time, by group; a bar leads to its rows. */
export function SeriesCard({ scope, search, change }: SeriesCardProps): ReactElement {
  const { range, query } = scope
  const reason = whyUnanswerable(query.filters, query.words, search.by)
  const groupBy = reason === undefined ? search.by : undefined
  const metric = findMetric(search.metric)
  const names = useNames()
  const navigate = useNavigate()
  const series = useSeries(scope, { groupBy })
  const isCompared = search.compare !== '0' && groupBy === undefined
  const length = range.to - range.from
  const before = useSeries(
    { ...scope, range: { from: range.from - length, to: range.from } },
    { isEnabled: isCompared },
  )
  const points = series.data?.data
  const previous = isCompared && before.data && before.data.data.length > 0 ? before.data.data : undefined
  const bucket = bucketOf(range)
  const { from, to } = range
  const data = useMemo(
    () =>
      points &&
      toChartData({ points, previous, range: { from, to }, bucket, metric, nameOf: (id) => names(groupBy ?? '', id) }),
    [points, previous, from, to, bucket, metric, names, groupBy],
  )
  const narrow = (id: string) =>
    groupBy === undefined || id === wholeId || id === restId ? [] : [{ key: groupBy, value: id }]
  const open = (at: number, id: string): void =>
    void navigate({ to: '/logs', search: logsLink(query, bucketRange(at, bucket, range), narrow(id)) })
  const totalOf = ({ values }: Series): string => {
    const known = values.filter((value) => value !== null)
    return metric.format(metric.isSum ? known.reduce((sum, value) => sum + value, 0) : Math.max(0, ...known))
  }
  return (
    <Card
      title={metric.label}
      note={reason !== undefined && search.by !== undefined ? reason : bucket === 'hour' ? 'by the hour' : 'by UTC day'}
      actions={
        <>
          <ChoiceMenu
            label="Metric"
            value={metric.id}
            choices={metrics.map(({ id, label }) => ({ value: id, label }))}
            onChange={(id) => change({ metric: id })}
          />
          <DimensionSelect
            label="Group by"
            scope={scope}
            value={search.by}
            onChange={(by) => change({ by })}
            noneLabel="No grouping"
          />
        </>
      }
    >
      {series.error && !series.data ? (
        <ErrorNote error={series.error} onRetry={() => void series.refetch()} />
      ) : (
        <>
          <TimeChart data={data} label={`${metric.label} over time`} height={264} onSelect={open} />
          <div className="min-h-8">
            {data && (
              <Legend
                series={data.series}
                valueOf={totalOf}
                onSelect={(id) => void navigate({ to: '/logs', search: logsLink(query, search, narrow(id)) })}
              />
            )}
          </div>
        </>
      )}
    </Card>
  )
}
