import { priceOf } from './price-of.ts'
import type { UsdPrices } from './price-table.ts'
import type { UsageClass } from './usage.ts'

/** What is billed of a quantity that was used: never less than the smallest that every request pays. */
export function billedQuantity(prices: UsdPrices, usageClass: UsageClass, quantity: number): number {
  const price = priceOf(prices, usageClass)
  const isBounded = typeof price === 'object' && 'atLeast' in price
  return isBounded && quantity > 0 ? Math.max(quantity, price.atLeast) : quantity
}
