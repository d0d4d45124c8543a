import { findModel } from './find-model.ts'
import { mostOf, type MostUsage } from './most-of.ts'
import { neuronPrices } from './neuron-prices.ts'
import type { Variant } from './variant.ts'

/**
 * The most neurons that a request to a Workers AI model can use, in whole thousandths (milli-neurons), rounded up:
 * `neuronsOf` any usage within `most` is never more. Workers AI stops at 256 tokens where a request names no limit, so
 * pass `outputTokens: 256` for such. `undefined` for a model whose neurons are not known.
 *
 * @see https://developers.cloudflare.com/workers-ai/platform/pricing/
 */
export function mostNeurons(most: MostUsage, model: string, variant?: Variant): number | undefined {
  const prices = neuronPrices(model)
  const nano = prices && mostOf(most, prices, { ...findModel({ provider: 'workers-ai', model }, 0), variant })
  return nano === undefined ? undefined : Math.ceil(nano / 1_000_000)
}
