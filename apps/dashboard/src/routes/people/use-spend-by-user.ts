import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useTimeRange } from '../../time-range/use-time-range.ts'

/** What each user's requests came to within 30 days, by the user's id. */
export function useSpendByUser(orgId: string): ReadonlyMap<string, { spend: number; requests: number }> {
  const { from, to } = useTimeRange({ range: '30d' })
  const { data } = useQuery(
    apiQuery('GET /analytics/breakdown', {
      query: { org_id: orgId, from, to, group_by: 'user_id', order_by: 'cost', limit: 100 },
    }),
  )
  return useMemo(
    () => new Map(data?.data.map(({ value, cost_nano_usd: spend, requests }) => [value, { spend, requests }])),
    [data],
  )
}
