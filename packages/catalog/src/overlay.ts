import type { ModelRow, UsdPrices } from './price-table.ts'
import { workersAiNeurons, type Neurons } from './workers-ai-neurons.ts'

/** Nano-dollars per neuron: $0.011 per 1,000. */
export const nanoUsdPerNeuron = 11_000

/** Raised whenever a price in this file or the table of neurons changes; part of `priceVersion`. */
export const overlayVersion = 1

/** Nine decimals of a dollar are whole nano-dollars. */
const usd = (neurons: number) => Number(((neurons * nanoUsdPerNeuron) / 1e9).toFixed(9))

function toUsdPrices({ input, cached, output, perMinute, perThousandCharacters }: Neurons): UsdPrices {
  return {
    ...(input !== undefined && { input: usd(input) }),
    ...(cached !== undefined && { cache_read: usd(cached) }),
    ...(output !== undefined && { output: usd(output) }),
    ...(perMinute !== undefined && { seconds: usd(perMinute * 60) }),
    ...(perThousandCharacters !== undefined && { characters: usd(perThousandCharacters) }),
  }
}

/** @see https://platform.openai.com/docs/pricing */
const openai: readonly ModelRow[] = [
  ['tts-1', ['=tts-1', '^tts-1-1106'], 0, { characters: 0.015 }],
  ['tts-1-hd', '^tts-1-hd', 0, { characters: 0.03 }],
]

/** Id of a row that stands for every model of its provider. */
export const anyModel = '*'

/** Models and prices that the data lacks or has less exactly, by provider of the data; they come before the data's. */
export const overlay: Readonly<Record<string, readonly ModelRow[]>> = {
  own: [[anyModel, '*', 0, { input: 0, output: 0 }]],
  openai,
  cloudflare: Object.entries(workersAiNeurons).map(([id, neurons]): ModelRow => [id, 0, 0, toUsdPrices(neurons)]),
}
