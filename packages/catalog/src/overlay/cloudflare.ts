import { nanoUsdPerNeuron } from '../nano-usd-per-neuron.ts'
import { neuronPrices } from '../neuron-prices.ts'
import type { ModelRow, Price, UsdPrices } from '../price-table.ts'
import { workersAIFacts } from '../workers-ai-facts.ts'
import { workersAINeurons } from '../workers-ai-neurons.ts'

/** Nine decimals of a dollar are whole nano-dollars. */
const usd = (neurons: number) => Number(((neurons * nanoUsdPerNeuron) / 1e9).toFixed(9))

function toUsdPrice(price: Price): Price {
  if (typeof price === 'number') return usd(price)
  if (!('tile' in price)) throw new TypeError('Neurons are given as numbers or by tile.')
  const { tile = 0, tileStep } = price
  return { tile: usd(tile), ...(tileStep !== undefined && { tileStep: usd(tileStep) }) }
}

const toUsdPrices = (prices: UsdPrices): UsdPrices =>
  Object.fromEntries(Object.entries(prices).map(([name, price]) => [name, toUsdPrice(price)]))

/** Workers AI, from the published neurons. */
export const cloudflare: readonly ModelRow[] = Object.keys(workersAINeurons).map((id) => [
  id,
  0,
  workersAIFacts(id)?.contextWindow ?? 0,
  toUsdPrices(neuronPrices(id) ?? {}),
])
