import { priceOf } from './price-of.ts'
import type { UsdPrices } from './price-table.ts'
import { toUsd, type Asked } from './to-usd.ts'
import type { UnitPrice } from './unit-price.ts'
import type { UsageClass } from './usage.ts'

/** Units that the data's price of a class is for; a million tokens unless named. */
const units: { readonly [C in UsageClass]?: number } = {
  seconds: 3600,
  characters: 1000,
  images: 1000,
  pages: 1000,
  searches: 1000,
  search_units: 1000,
  neurons: 1000,
  calls: 1000,
}

/**
 * The exact price of a class in what was asked: the class's own, or its parent's (reasoning costs what output costs, a
 * cached token what an input token does); `undefined` where neither is known, or not for this variant.
 */
export function toUnitPrice(prices: UsdPrices, usageClass: UsageClass, asked: Asked): UnitPrice | undefined {
  const price = priceOf(prices, usageClass)
  const usd = price === undefined ? undefined : toUsd(price, asked)
  return usd === undefined ? undefined : { nanoUsd: Math.round(usd * 1e9), per: units[usageClass] ?? 1_000_000 }
}
