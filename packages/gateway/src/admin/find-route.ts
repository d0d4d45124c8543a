import type { Deps } from '../deps.ts'
import { createRouteDesk } from '../dynamic-routes/create-route-desk.ts'
import type { RouteScope, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import type { Org } from '../people/org-store.ts'
import { requireFound } from './require-found.ts'

/** The route of a path, by its id or its name. @throws GatewayError `not_found` */
export async function findRoute(
  org: Org,
  { id, route }: { id: string; route: string },
  deps: Deps,
): Promise<{ scope: RouteScope; route: ServedRoute }> {
  const scope = await scopeOf(org, id, deps)
  return { scope, route: await createRouteDesk(deps).find(scope, route) }
}

/** The gateway of a path. @throws GatewayError `not_found` where the organisation has no such gateway */
export async function scopeOf({ id: orgId }: Org, gatewayId: string, deps: Deps): Promise<RouteScope> {
  const isThere = (await deps.gateways.list(orgId)).some(({ id }) => id === gatewayId)
  requireFound(isThere, 'The organisation has no gateway with this id. GET /api/gateways lists them; PUT makes one.')
  return { orgId, gatewayId }
}
