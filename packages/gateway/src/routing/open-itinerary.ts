import type { Deps } from '../deps.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { inOrder, type Itinerary } from './itinerary.ts'
import type { Routable } from './routable.ts'

/** Where a model name leads: to one model, a dynamic route, or what a strategy chooses. @throws GatewayError */
export async function openItinerary(routable: Routable, _inbound: Inbound, _deps: Deps): Promise<Itinerary> {
  return inOrder([routable.legFor(routable.model ?? '')])
}
