import { costLine, type CostLine } from './cost-line.ts'
import { findPrices, type FoundPrices, type PricedAt } from './find-prices.ts'
import type { ModelRef } from './find-row.ts'
import { nanoNeuronsOf } from './nano-neurons-of.ts'
import { nanoUsdPerNeuron } from './nano-usd-per-neuron.ts'
import { canonicalProvider } from './price-sources.ts'
import { sumLines } from './sum-lines.ts'
import { toLines } from './to-lines.ts'
import type { Usage } from './usage.ts'

/** What a request cost, line by line. */
export interface Cost {
  /** Whole nano-dollars (10⁻⁹ USD); the sum of the lines. */
  readonly nanoUsd: number
  readonly lines: readonly CostLine[]
  /** Version of the prices; starts with `override:` and its id where an organisation's own price held. */
  readonly priceVersion: string
  /** Id that the catalog found the model under; absent where it didn't take one. */
  readonly model?: string
  /** Neurons used, on Workers AI. */
  readonly neurons?: number
}

/**
 * The exact cost of a request at a time (epoch milliseconds), in integer arithmetic: each line is quantity times price
 * rounded half up, the total is their sum. `undefined`, never 0, for a model, a used unit or a variant without a known
 * price.
 *
 * @example
 * cost({ input: 1000, output: 500 }, { provider: 'openai', model: 'gpt-4o' }, Date.now())?.nanoUsd // 7500000
 * @example
 * const ref = { provider: 'openai', model: 'dall-e-3', variant: { quality: 'hd', size: '1024x1024' } }
 * cost({ images: 2 }, ref, { at: Date.now(), overrides })?.nanoUsd // 160000000
 */
export function cost(usage: Usage, ref: ModelRef, when: PricedAt): Cost | undefined {
  const found = findPrices(ref, when)
  const bill = sumLines(isReceipt(usage, found) ? receiptLines(usage) : listLines(usage, ref, found))
  if (!bill) return undefined
  const neurons = canonicalProvider(ref.provider) === 'workers-ai' ? neuronsUsed(usage, ref) : undefined
  return {
    ...bill,
    priceVersion: found.priceVersion,
    ...(found.row && { model: found.row[0] }),
    ...(neurons !== undefined && { neurons }),
  }
}

/** A receipt in neurons stands for everything else and needs no price of the model, unless its price is one's own. */
const isReceipt = ({ neurons }: Usage, { isOverridden }: FoundPrices) => neurons !== undefined && !isOverridden

function receiptLines({ neurons = 0 }: Usage): readonly (CostLine | undefined)[] {
  return [costLine('neurons', neurons, { nanoUsd: nanoUsdPerNeuron, per: 1 })]
}

function listLines(usage: Usage, { variant }: ModelRef, { prices }: FoundPrices) {
  if (!prices) return undefined
  const { neurons, ...others } = usage
  const isInNeurons = neurons !== undefined && prices.neurons !== undefined
  return toLines(isInNeurons ? { neurons } : others, prices, variant)
}

function neuronsUsed(usage: Usage, { model, variant }: ModelRef): number | undefined {
  const nano = nanoNeuronsOf(usage, model, variant)
  return nano === undefined ? undefined : nano / 1e9
}
