import { isGatewayError } from '@gw/headers'
import type { UpstreamLeg } from '../plan.ts'
import type { Routable } from './routable.ts'

/** A leg for a model that the caller did not name; `undefined` where the request cannot be said to it. */
export function buildLeg(routable: Routable, model: string): UpstreamLeg | undefined {
  try {
    return routable.legFor(model, { isChosen: true })
  } catch (error) {
    if (isGatewayError(error)) return undefined
    throw error
  }
}
