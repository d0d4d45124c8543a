import type { GroupKey } from './dimensions.ts'
import type { Period } from './split-period.ts'
import type { UsageSums } from './usage-sums.ts'

export type FilterOperator = 'eq' | 'neq' | 'contains'

/** Which requests count: `eq` any of the values, `neq` none of them, `contains` any of them within, in any case. */
export interface AnalyticsFilter {
  key: GroupKey
  operator: FilterOperator
  /** At least one; the empty text stands for requests that have none. */
  values: readonly string[]
}

/**
 * Requests of one organisation in whole hours. By metadata, only filters of the same entry and of `gateway_id` can hold:
 * other dimensions are not kept with it.
 */
export interface AnalyticsQuery extends Period {
  orgId: string
  filters: readonly AnalyticsFilter[]
}

export interface SeriesQuery extends AnalyticsQuery {
  /** UTC days, or hours. */
  bucket: 'hour' | 'day'
  groupBy?: GroupKey | undefined
  /** The groups that stand for themselves; all others are one, `null`. */
  groups?: readonly string[] | undefined
}

export interface UsagePoint {
  /** When the bucket begins. */
  at: number
  group: string | null
  usage: UsageSums
}

export type BreakdownOrder = 'cost' | 'requests' | 'errors' | 'tokens' | 'saved'

export interface BreakdownQuery extends AnalyticsQuery {
  groupBy: GroupKey
  orderBy: BreakdownOrder
  limit: number
}

export interface UsageGroup {
  value: string
  usage: UsageSums
}

export interface ValuesQuery extends AnalyticsQuery {
  /** `metadata` lists the names of entries, in whole days, whatever the filters are. */
  key: GroupKey | 'metadata'
  orderBy: BreakdownOrder
  limit: number
}

export interface ValueCount {
  value: string
  requests: number
}

/** What the roll-ups say of an organisation's requests. */
export interface AnalyticsStore {
  totals(query: AnalyticsQuery): Promise<UsageSums>
  /** By time, then by group; buckets without requests are left out. */
  series(query: SeriesQuery): Promise<UsagePoint[]>
  /** The first groups in the order, largest first. */
  breakdown(query: BreakdownQuery): Promise<UsageGroup[]>
  /** The values that a key has, largest first; far cheaper than a breakdown. */
  values(query: ValuesQuery): Promise<ValueCount[]>
}
