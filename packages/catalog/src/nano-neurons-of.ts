import { neuronPrices } from './neuron-prices.ts'
import { sumLines } from './sum-lines.ts'
import { toLines } from './to-lines.ts'
import type { Usage } from './usage.ts'
import type { Variant } from './variant.ts'

/**
 * The neurons of a usage of a Workers AI model, in whole nano-neurons (10⁻⁹): exact for tokens, whose neurons are
 * published for a million of them, and rounded half up for other units. A receipt (`usage.neurons`) wins. `undefined` for
 * a model, a used unit or a variant whose neurons are not known.
 */
export function nanoNeuronsOf(usage: Usage, model: string, variant?: Variant): number | undefined {
  if (usage.neurons !== undefined) return toWhole(usage.neurons * 1e9)
  const prices = neuronPrices(model)
  return sumLines(prices && toLines(usage, prices, variant))?.nanoUsd
}

function toWhole(neurons: number): number | undefined {
  const whole = Math.round(neurons)
  return whole >= 0 && Number.isSafeInteger(whole) ? whole : undefined
}
