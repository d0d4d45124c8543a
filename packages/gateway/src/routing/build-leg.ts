import { isGatewayError } from '@gw/headers'
import type { UpstreamLeg } from '../plan.ts'
import type { Routable } from './routable.ts'

/**
 * A leg for a model that the caller did not name; `undefined` where the request cannot be said to it. One that was chosen as
 * free is free: it costs neurons alone, and goes no further than they last.
 */
export function buildLeg(routable: Routable, model: string, { isGratis = false } = {}): UpstreamLeg | undefined {
  try {
    const leg = routable.legFor(model, { isChosen: true })
    return leg.kind === 'chat' && isGratis ? { ...leg, isFree: true, price: leg.price && (() => 0) } : leg
  } catch (error) {
    if (isGatewayError(error)) return undefined
    throw error
  }
}
