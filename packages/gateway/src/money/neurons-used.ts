import type { Provider } from '@gw/adapters'
import { neuronsOf, type Usage, type Variant } from '@gw/catalog'

export interface NeuronTarget {
  provider: Provider
  model: string | undefined
  variant?: Variant | undefined
}

/** Thousandths of a neuron that a usage took; `null` where the provider has none, or nobody knows. */
export function neuronsUsed(usage: Usage, { provider, model, variant }: NeuronTarget): number | null {
  if (provider.id !== 'workers-ai' || model === undefined) return null
  return neuronsOf(usage, model, variant) ?? null
}
