import type { ModelRef } from './find-row.ts'
import type { PriceOverride } from './price-override.ts'
import { canonicalProvider } from './price-sources.ts'

/**
 * The override that holds for a model at a time (epoch milliseconds): one for the model before one for all, and the
 * latest to start before older ones; of two that start together, the later in the list.
 */
export function selectOverride(
  overrides: readonly PriceOverride[],
  ref: ModelRef,
  at: number,
): PriceOverride | undefined {
  const model = ref.model.trim().toLowerCase()
  const holding = overrides.filter(
    ({ provider, from = 0 }) => canonicalProvider(provider) === canonicalProvider(ref.provider) && from <= at,
  )
  const exact = holding.filter((override) => override.model.trim().toLowerCase() === model)
  const candidates = exact.length > 0 ? exact : holding.filter((override) => override.model === '*')
  return candidates.toSorted(({ from: one = 0 }, { from: other = 0 }) => one - other).at(-1)
}
