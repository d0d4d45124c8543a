import type { AnalyticsStore, BreakdownQuery } from './analytics-store.ts'
import { isMetadataKey } from './dimensions.ts'
import { toTotals, type Totals } from './to-totals.ts'
import { addUsage, noUsage, subtractUsage, type UsageSums } from './usage-sums.ts'

/** As many groups as are read to add up those that are not listed; of more, the whole is read once more. */
const mostGroups = 1000

export interface Breakdown {
  data: ({ value: string } & Totals)[]
  /** Everything that is not in `data`; `null` where that is nothing. */
  other: Totals | null
}

/** Usage by group, the first ones one by one, and the rest together. */
export async function readBreakdown(analytics: AnalyticsStore, query: BreakdownQuery): Promise<Breakdown> {
  const groups = await analytics.breakdown({ ...query, limit: mostGroups })
  const listed = groups.slice(0, query.limit)
  const rest =
    groups.length < mostGroups
      ? groups.slice(query.limit).reduce((sum, { usage }) => addUsage(sum, usage), noUsage)
      : listed.reduce((left, { usage }) => subtractUsage(left, usage), await readWhole(analytics, query))
  return {
    data: listed.map(({ value, usage }) => ({ value, ...toTotals(usage) })),
    other: rest.requests > 0 ? toTotals(rest) : null,
  }
}

/** Requests without an entry of metadata belong to no group of it, and not to the rest either. */
function readWhole(analytics: AnalyticsStore, { groupBy, ...query }: BreakdownQuery): Promise<UsageSums> {
  const hasEntry = { key: groupBy, operator: 'neq', values: [] } as const
  const filters = isMetadataKey(groupBy) ? [...query.filters, hasEntry] : query.filters
  return analytics.totals({ ...query, filters })
}
