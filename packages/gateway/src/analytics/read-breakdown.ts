import type { AnalyticsStore, BreakdownQuery } from './analytics-store.ts'
import { isMetadataKey } from './dimensions.ts'
import { toTotals, type Totals } from './to-totals.ts'
import { subtractUsage } from './usage-sums.ts'

export interface Breakdown {
  data: ({ value: string } & Totals)[]
  /** Everything that is not in `data`; `null` where that is nothing. */
  other: Totals | null
}

/** Usage by group, the first ones one by one, and the rest together. */
export async function readBreakdown(analytics: AnalyticsStore, query: BreakdownQuery): Promise<Breakdown> {
  const { groupBy } = query
  // Requests without an entry of metadata belong to no group of it, and not to the rest either.
  const hasEntry = { key: groupBy, operator: 'neq', values: [] } as const
  const filters = isMetadataKey(groupBy) ? [...query.filters, hasEntry] : query.filters
  const [groups, whole] = await Promise.all([analytics.breakdown(query), analytics.totals({ ...query, filters })])
  const rest = groups.reduce((left, { usage }) => subtractUsage(left, usage), whole)
  return {
    data: groups.map(({ value, usage }) => ({ value, ...toTotals(usage) })),
    other: rest.requests > 0 ? toTotals(rest) : null,
  }
}
