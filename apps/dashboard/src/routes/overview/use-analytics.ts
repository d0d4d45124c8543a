import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { apiQuery } from '../../api/api-query.ts'
import { formatFilters, type Query } from '../../filters/filter.ts'
import { useSession } from '../../session/use-session.ts'
import { bucketOf, type TimeRange } from '../../time-range/time-range.ts'

/** What the whole page is about. */
export interface Scope {
  range: TimeRange
  query: Query
}

function useScope({ range: { from, to }, query: { filters } }: Scope) {
  const { org } = useSession()
  return { org_id: org.id, from, to, filters: formatFilters(filters) }
}

/** What the period and the one before it came to. */
export function useSummary(scope: Scope) {
  const query = useScope(scope)
  return useQuery({ ...apiQuery('GET /analytics/summary', { query }), placeholderData: keepPreviousData })
}

/** The period over time. */
export function useSeries(
  scope: Scope,
  { groupBy, isEnabled = true }: { groupBy?: string | undefined; isEnabled?: boolean } = {},
) {
  const query = { ...useScope(scope), bucket: bucketOf(scope.range), group_by: groupBy }
  return useQuery({
    ...apiQuery('GET /analytics/series', { query }),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  })
}

export type Order = 'cost' | 'requests' | 'errors' | 'tokens' | 'saved'

/** The period by the values of a dimension, the largest first. */
export function useBreakdown(
  scope: Scope,
  { groupBy, orderBy, limit }: { groupBy: string; orderBy: Order; limit: number },
) {
  const query = { ...useScope(scope), group_by: groupBy, order_by: orderBy, limit }
  return useQuery(apiQuery('GET /analytics/breakdown', { query }))
}

/** What the month will have cost. */
export function useForecast({ query: { filters } }: Scope) {
  const { org } = useSession()
  return useQuery(apiQuery('GET /analytics/forecast', { query: { org_id: org.id, filters: formatFilters(filters) } }))
}

/** The names of metadata entries that requests of the period have. */
export function useMetadataNames({ range: { from, to } }: Scope): readonly string[] {
  const { org } = useSession()
  const query = { org_id: org.id, from, to, key: 'metadata', limit: 50 }
  const { data } = useQuery({ ...apiQuery('GET /analytics/values', { query }), placeholderData: keepPreviousData })
  return data?.data.map(({ value }) => value) ?? []
}
