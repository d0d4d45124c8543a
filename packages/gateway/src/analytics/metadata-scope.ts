import type { AnalyticsFilter } from './analytics-store.ts'
import { isMetadataKey, type GroupKey } from './dimensions.ts'

/** The name of the metadata entry that a query is about, without `metadata.`; `undefined` for one about dimensions. */
export function metadataNameOf(filters: readonly AnalyticsFilter[], groupBy?: GroupKey): string | undefined {
  const key = [groupBy, ...filters.map((filter) => filter.key)].find((one) => one !== undefined && isMetadataKey(one))
  return key?.slice('metadata.'.length)
}

/** Whether the roll-ups can answer a query: metadata is kept apart from all dimensions but the gateway. */
export function isAnswerable(filters: readonly AnalyticsFilter[], groupBy?: GroupKey): boolean {
  const name = metadataNameOf(filters, groupBy)
  if (name === undefined) return true
  const keys = [...filters.map(({ key }) => key), ...(groupBy === undefined ? [] : [groupBy])]
  return keys.every((key) => key === 'gateway_id' || key === `metadata.${name}`)
}
