import { nanoNeuronsOf } from './nano-neurons-of.ts'
import type { Usage } from './usage.ts'
import type { Variant } from './variant.ts'

/**
 * The neurons of a usage of a Workers AI model, in whole thousandths (milli-neurons): counted in integers and rounded
 * once, half up. A receipt (`usage.neurons`, in neurons) wins. `undefined` for a model, a used unit or a variant whose
 * neurons are not known.
 *
 * @example
 * neuronsOf({ input: 1000, output: 500 }, '@cf/meta/llama-3.2-1b-instruct') // 11_583, which is 11.583 neurons
 */
export function neuronsOf(usage: Usage, model: string, variant?: Variant): number | undefined {
  const nano = nanoNeuronsOf(usage, model, variant)
  return nano === undefined ? undefined : Math.round(nano / 1_000_000)
}
