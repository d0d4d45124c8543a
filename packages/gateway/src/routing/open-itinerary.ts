import type { Deps } from '../deps.ts'
import { openRouteItinerary } from '../dynamic-routes/open-route-itinerary.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { autoItinerary } from './auto-itinerary.ts'
import { chainItinerary } from './chain-itinerary.ts'
import { explainItinerary } from './explain-itinerary.ts'
import { isStrategy } from './is-routed.ts'
import type { Itinerary } from './itinerary.ts'
import type { Routable } from './routable.ts'

/** Where a model name leads: to one model, a dynamic route, or what a strategy chooses. @throws GatewayError */
export async function openItinerary(routable: Routable, inbound: Inbound, deps: Deps): Promise<Itinerary> {
  if (inbound.options.explain) return explainItinerary(routable, inbound, deps)
  if (isStrategy(routable.model)) return autoItinerary({ routable, inbound }, deps)
  if (routable.model?.startsWith('dynamic/')) return openRouteItinerary(routable, inbound, deps)
  return chainItinerary(routable, inbound, deps)
}
