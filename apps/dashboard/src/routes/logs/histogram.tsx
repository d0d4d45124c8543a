import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { formatCount } from '../../format/number.ts'
import type { RangeSearch } from '../../time-range/time-range.ts'
import { toHistogram } from './to-histogram.ts'
import { scopeParams, type LogScope } from './use-log-rows.ts'

/** How many requests succeeded and failed over time; a bar narrows the time to its own. */
export function Histogram({ scope, onRange }: { scope: LogScope; onRange(range: RangeSearch): void }): ReactElement {
  const query = scopeParams(scope)
  const histogram = useQuery({ ...apiQuery('GET /logs/histogram', { query }), placeholderData: keepPreviousData })
  const answer = histogram.data
  const { from, to } = scope.range
  const data = useMemo(() => answer && toHistogram(answer, { from, to }), [answer, from, to])
  const sums = answer?.data.reduce((sum, { ok, error }) => ({ ok: sum.ok + ok, error: sum.error + error }), {
    ok: 0,
    error: 0,
  })
  return (
    <div className="px-4 pt-3 pb-1">
      <p className="flex min-h-5 gap-3 text-sm text-kumo-subtle">
        {sums && (
          <>
            <span>{sums.ok + sums.error === 1 ? '1 request' : `${formatCount(sums.ok + sums.error)} requests`}</span>
            <span>{formatCount(sums.error)} failed</span>
          </>
        )}
        {answer && answer.ignored.length > 0 && <span>the bars leave out: {answer.ignored.join(', ')}</span>}
      </p>
      <TimeChart
        data={data}
        label="Requests over time"
        height={92}
        onSelect={(at) =>
          answer && onRange({ from: String(Math.max(at, from)), to: String(Math.min(at + answer.bucket_ms, to)) })
        }
      />
    </div>
  )
}
