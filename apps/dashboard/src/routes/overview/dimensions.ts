import { filterKeys } from '../../filters/filter-keys.ts'
import type { Filter } from '../../filters/filter.ts'

/** What numbers can be grouped by, beside metadata. */
export const dimensions: readonly { key: string; label: string }[] = filterKeys.flatMap(({ key, label, isDimension }) =>
  isDimension ? [{ key, label }] : [],
)

/** The label of a dimension or a metadata entry. */
export function labelOfDimension(key: string): string {
  return dimensions.find((one) => one.key === key)?.label ?? key.replace(/^metadata\./, '')
}

/** Whether a text names something that numbers can be grouped by. */
export function isGroupKey(key: string): boolean {
  return /^metadata\../.test(key) || dimensions.some((one) => one.key === key)
}

/**
 * Why the roll-ups cannot answer for these filters; `undefined` where they can. They know no single rows, and keep metadata
 * apart from everything but the gateway.
 */
export function whyUnanswerable(filters: readonly Filter[], words: string, groupBy?: string): string | undefined {
  if (words !== '') return 'Numbers are not kept by free words. The logs can be searched for them.'
  const odd = filters.find(({ key, operator }) => !isGroupKey(key) || operator === 'lt' || operator === 'gt')
  if (odd) return 'Numbers are not kept by one of these filters. The logs take them all.'
  const keys = new Set([...filters.map(({ key }) => key), ...(groupBy === undefined ? [] : [groupBy])])
  keys.delete('gateway_id')
  const hasMetadata = [...keys].some((key) => key.startsWith('metadata.'))
  return hasMetadata && keys.size > 1
    ? 'Metadata is not kept together with other dimensions. The logs take them all.'
    : undefined
}
