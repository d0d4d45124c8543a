import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import type { LogRow } from '../../api/wire.ts'
import { formatFilters, type Query } from '../../filters/filter.ts'
import type { TimeRange } from '../../time-range/time-range.ts'

/** Which rows the page is about. */
export interface LogScope {
  orgId: string
  range: TimeRange
  query: Query
}

const pageSize = 100

/** The parameters that all of the log's lists take. */
export function scopeParams({ orgId, range, query }: LogScope) {
  return {
    org_id: orgId,
    from: range.from,
    to: range.to,
    filters: formatFilters(query.filters),
    search: query.words === '' ? undefined : query.words,
  }
}

/** Rows, newest first, page by page. */
export function useLogRows(scope: LogScope) {
  const query = scopeParams(scope)
  const pages = useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['GET /logs', query],
      queryFn: ({ pageParam: cursor, signal }) =>
        api('GET /logs', { query: { ...query, limit: pageSize, ...(cursor !== null && { cursor }) }, signal }),
      initialPageParam: noCursor,
      getNextPageParam: ({ next_cursor: next }) => next,
    }),
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap(({ data }): LogRow[] => data), [pages.data])
  return { ...pages, rows }
}

const noCursor: string | null = null
