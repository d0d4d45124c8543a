import type { UsdPrices } from './price-table.ts'
import { workersAINeurons, type Neurons } from './workers-ai-neurons.ts'

/**
 * The neurons of a Workers AI model in the form of a price list, with neurons in place of dollars; `undefined` for a
 * model whose neurons are not published.
 */
export function neuronPrices(model: string): UsdPrices | undefined {
  const neurons = byName.get(model.trim().toLowerCase())
  return neurons && toPriceList(neurons)
}

const byName = new Map(Object.entries(workersAINeurons).map(([id, neurons]) => [id.toLowerCase(), neurons]))

function toPriceList(neurons: Neurons): UsdPrices {
  const { input, cached, output, perMinute, perThousandCharacters, perTile, perTileStep } = neurons
  return {
    ...(input !== undefined && { input }),
    ...(cached !== undefined && { cache_read: cached }),
    ...(output !== undefined && { output }),
    ...(perMinute !== undefined && { seconds: perMinute * 60 }),
    ...(perThousandCharacters !== undefined && { characters: perThousandCharacters }),
    ...(perTile !== undefined && { images: { tile: perTile * 1000, ...perStep(perTileStep) } }),
  }
}

const perStep = (neurons: number | undefined) => (neurons === undefined ? {} : { tileStep: neurons * 1000 })
