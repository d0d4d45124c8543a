import type { TieredUsd, UsdPrices } from './price-table.ts'
import type { UnitPrice } from './unit-price.ts'
import type { UsageClass } from './usage.ts'

/** What a class costs where it has no price of its own. */
const parents: { readonly [C in UsageClass]?: UsageClass } = {
  cache_read: 'input',
  cache_write_5m: 'input',
  cache_write_1h: 'cache_write_5m',
  input_audio: 'input',
  input_image: 'input',
  reasoning: 'output',
  output_audio: 'output',
  output_image: 'output',
}

/** Units that the data's price of a class is for; a million tokens unless named. */
const units: { readonly [C in UsageClass]?: number } = {
  seconds: 3600,
  characters: 1000,
  images: 1000,
  pages: 1000,
  searches: 1000,
  calls: 1000,
}

/**
 * The exact price of a class in a request of so many input tokens: the class's own, or its parent's (reasoning costs
 * what output costs, a cached token what an input token does); `undefined` where neither is known.
 */
export function toUnitPrice(prices: UsdPrices, usageClass: UsageClass, inputTokens: number): UnitPrice | undefined {
  const usd = prices[usageClass]
  const parent = parents[usageClass]
  if (usd === undefined) return parent && toUnitPrice(prices, parent, inputTokens)
  return { nanoUsd: Math.round(atTier(usd, inputTokens) * 1e9), per: units[usageClass] ?? 1_000_000 }
}

/** A tier holds for the whole request as soon as its input passes the start. */
function atTier(usd: number | TieredUsd, inputTokens: number): number {
  if (typeof usd === 'number') return usd
  const [base, ...tiers] = usd
  return tiers.findLast(([start]) => inputTokens > start)?.[1] ?? base
}
