import type { Provider } from '@gw/adapters'
import type { GatewayOptions } from '@gw/headers'

/** What answered before, and whose answer is given again. */
export interface CachedLeg {
  kind: 'cached'
  step: number
  provider: Pick<Provider, 'id'>
  model: string | undefined
  options: GatewayOptions
  /** What the stored answer cost, nano-USD; `null` where nobody knows. */
  savedNanoUsd: number | null
  /** How long it took, ms. */
  savedMs: number
}
