import { billedQuantity } from './billed-quantity.ts'
import { costLine, type CostLine } from './cost-line.ts'
import type { UsdPrices } from './price-table.ts'
import { toUnitPrice } from './to-unit-price.ts'
import { inputClasses, tokenClasses, unitClasses, type Usage, type UsageClass } from './usage.ts'
import type { Variant } from './variant.ts'

/** A line for every class that was used; `undefined` for one without a price. */
export function toLines(
  usage: Usage,
  prices: UsdPrices,
  variant: Variant | undefined,
): readonly (CostLine | undefined)[] {
  const inputTokens = inputClasses.reduce((sum, usageClass) => sum + (usage[usageClass] ?? 0), 0)
  return billedClasses(usage, prices).map((usageClass) => {
    const price = toUnitPrice(prices, usageClass, { inputTokens, variant })
    return price && costLine(usageClass, billedQuantity(prices, usageClass, usage[usageClass] ?? 1), price)
  })
}

/** Every class used; a fee per request is due without being counted. */
function billedClasses(usage: Usage, prices: UsdPrices): readonly UsageClass[] {
  const used = [...tokenClasses, ...unitClasses].filter((usageClass) => (usage[usageClass] ?? 0) !== 0)
  if (prices.calls === undefined) return used.filter((usageClass) => usageClass !== 'calls')
  return usage.calls === undefined ? [...used, 'calls'] : used
}
