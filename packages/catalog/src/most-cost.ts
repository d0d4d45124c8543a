import { findPrices, type PricedAt } from './find-prices.ts'
import type { ModelRef } from './find-row.ts'
import { mostOf, type MostUsage } from './most-of.ts'
import { canonicalProvider } from './price-sources.ts'
import { toModel } from './to-model.ts'

/**
 * The most that a request can cost, in nano-USD, for a budget to reserve: `cost` of any usage within `most` is never more.
 * Input is capped at the model's context window. `undefined` where a price is unknown.
 *
 * @example
 * mostCost({ inputTokens: 1000, outputTokens: 500 }, { provider: 'openai', model: 'gpt-4o' }, Date.now()) // 7500005
 */
export function mostCost(most: MostUsage, ref: ModelRef, when: PricedAt): number | undefined {
  const { row, prices } = findPrices(ref, when)
  if (!prices) return undefined
  const at = typeof when === 'number' ? when : when.at
  const limits = row ? toModel(canonicalProvider(ref.provider), row, at) : {}
  return mostOf(most, prices, { ...limits, variant: ref.variant })
}
