import type { Price, UsdPrices } from './price-table.ts'
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

/** The price of a class: its own, or its parent's; `undefined` where neither is known. */
export function priceOf(prices: UsdPrices, usageClass: UsageClass): Price | undefined {
  const parent = parents[usageClass]
  return prices[usageClass] ?? (parent && priceOf(prices, parent))
}
