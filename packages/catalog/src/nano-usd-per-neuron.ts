/** Nano-dollars per neuron: $0.011 per 1,000. @see https://developers.cloudflare.com/workers-ai/platform/pricing/ */
export const nanoUsdPerNeuron = 11_000
