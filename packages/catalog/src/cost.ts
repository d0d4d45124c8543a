import { costLine, type CostLine } from './cost-line.ts'
import { findRow, type ModelRef } from './find-row.ts'
import { nanoUsdPerNeuron } from './overlay.ts'
import { canonicalProvider } from './price-sources.ts'
import type { UsdPrices } from './price-table.ts'
import { priceVersion } from './price-version.ts'
import { selectPrices } from './select-prices.ts'
import { sumLines } from './sum-lines.ts'
import { toUnitPrice } from './to-unit-price.ts'
import { inputClasses, tokenClasses, unitClasses, type Usage, type UsageClass } from './usage.ts'

/** What a request cost, line by line. */
export interface Cost {
  /** Whole nano-dollars (10⁻⁹ USD); the sum of the lines. */
  readonly nanoUsd: number
  readonly lines: readonly CostLine[]
  /** Version of the prices. */
  readonly priceVersion: string
  /** Id that the catalog found the model under; absent where it didn't take one. */
  readonly model?: string
  /** Neurons used, on Workers AI. */
  readonly neurons?: number
}

/**
 * The exact cost of a request at a time (epoch milliseconds), in integer arithmetic: each line is quantity times price
 * rounded half up, the total is their sum. `undefined`, never 0, for a model or a used unit without a known price.
 *
 * @example
 * cost({ input: 1000, output: 500 }, { provider: 'openai', model: 'gpt-4o' }, Date.now())?.nanoUsd // 7500000
 */
export function cost(usage: Usage, ref: ModelRef, at: number): Cost | undefined {
  const row = findRow(ref)
  const bill = sumLines(toLines(usage, row && selectPrices(row, at)))
  if (!bill) return undefined
  return {
    ...bill,
    priceVersion,
    ...(row && { model: row[0] }),
    ...(canonicalProvider(ref.provider) === 'workers-ai' && { neurons: bill.nanoUsd / nanoUsdPerNeuron }),
  }
}

/** A receipt in neurons stands for everything else and needs no price of the model. */
function toLines(usage: Usage, prices: UsdPrices | undefined): readonly (CostLine | undefined)[] | undefined {
  if (usage.neurons !== undefined) return [costLine('neurons', usage.neurons, { nanoUsd: nanoUsdPerNeuron, per: 1 })]
  if (!prices) return undefined
  const inputTokens = inputClasses.reduce((sum, usageClass) => sum + (usage[usageClass] ?? 0), 0)
  return billedClasses(usage, prices).map((usageClass) => {
    const price = toUnitPrice(prices, usageClass, inputTokens)
    return price && costLine(usageClass, usage[usageClass] ?? 1, price)
  })
}

/** Every class used; a fee per request is due without being counted. */
function billedClasses(usage: Usage, prices: UsdPrices): readonly UsageClass[] {
  const used = [...tokenClasses, ...unitClasses].filter((usageClass) => (usage[usageClass] ?? 0) !== 0)
  if (prices.calls === undefined) return used.filter((usageClass) => usageClass !== 'calls')
  return usage.calls === undefined ? [...used, 'calls'] : used
}
