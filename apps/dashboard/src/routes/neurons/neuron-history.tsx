import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { formatCount } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { bucketsOf } from '../../time-range/time-range.ts'
import { useTimeRange } from '../../time-range/use-time-range.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { workersAiFilter } from './workers-ai-filter.ts'

/** Neurons of each UTC day of a month; the allowance starts anew with them. */
export function NeuronHistory({ orgId }: { orgId: string }): ReactElement {
  const range = useTimeRange({ range: '30d' })
  const series = useQuery(
    apiQuery('GET /analytics/series', {
      query: { org_id: orgId, from: range.from, to: range.to, bucket: 'day', filters: workersAiFilter },
    }),
  )
  const used = new Map(series.data?.data.map(({ at, milli_neurons }) => [at, milli_neurons / 1000]))
  const days = bucketsOf(range, 'day').map((at) => ({ at, neurons: used.get(at) ?? 0 }))
  const most = Math.max(...days.map(({ neurons }) => neurons), 1)
  return (
    <Card title="History" note="this organisation, by UTC day">
      {series.error && <ErrorNote error={series.error} onRetry={() => void series.refetch()} />}
      {series.isPending && <Skeleton className="h-36 w-full" />}
      {series.data && (
        <ol className="flex h-36 items-end gap-1" aria-label="Neurons by day">
          {days.map(({ at, neurons }) => (
            <li
              key={at}
              title={`${formatTime(at, 'day', 'utc')}: ${formatCount(neurons)} neurons`}
              className="flex h-full flex-1 items-end rounded-sm bg-kumo-recessed"
            >
              <span
                className="block w-full rounded-sm bg-kumo-brand"
                style={{ height: `${(neurons / most) * 100}%` }}
              />
              <span className="sr-only">
                {formatTime(at, 'day', 'utc')}: {formatCount(neurons)} neurons
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
