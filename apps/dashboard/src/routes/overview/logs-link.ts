import { formatQuery } from '../../filters/format-query.ts'
import { withFilter, type Query } from '../../filters/filter.ts'
import type { RangeSearch, TimeRange } from '../../time-range/time-range.ts'
import type { LogsSearch } from '../logs/logs-search.ts'

/** Narrows the rows that a link leads to. */
export interface Narrowing {
  key: string
  /** Empty for rows that have none. */
  value: string
}

/** The search of the Logs page for what the Overview shows, or a part of it. */
export function logsLink(query: Query, range: RangeSearch, narrowings: readonly Narrowing[] = []): LogsSearch {
  const narrowed = narrowings.reduce((all, { key, value }) => withFilter(all, key, value === '' ? null : value), query)
  const q = formatQuery(narrowed)
  return { ...rangeOf(range), ...(q && { q }) }
}

/** The search of the Logs page for one bucket of a chart. */
export function bucketRange(at: number, bucket: 'hour' | 'day', { from, to }: TimeRange): RangeSearch {
  const size = bucket === 'hour' ? 3_600_000 : 86_400_000
  return { from: String(Math.max(at, from)), to: String(Math.min(at + size, to)) }
}

function rangeOf({ range, from, to }: RangeSearch): RangeSearch {
  if (range !== undefined) return { range }
  return from !== undefined && to !== undefined ? { from, to } : {}
}
