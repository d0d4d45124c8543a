import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import { adminDialect } from './admin-dialect.ts'
import { alertEventRoutes } from './alert-event-routes.ts'
import { budgetRoutes } from './budget-routes.ts'
import { cacheRoutes } from './cache-routes.ts'
import { dynamicRouteRoutes } from './dynamic-route-routes.ts'
import { gatewayKeyRoutes } from './gateway-key-routes.ts'
import { gatewayRoutes } from './gateway-routes.ts'
import { keyResolutionRoutes } from './key-resolution-routes.ts'
import { limitRoutes } from './limit-routes.ts'
import { logRoutes } from './log-routes.ts'
import { masterKeyRoutes } from './master-key-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { neuronRoutes } from './neuron-routes.ts'
import { orgRoutes } from './org-routes.ts'
import { priceRoutes } from './price-routes.ts'
import { providerKeyRoutes } from './provider-key-routes.ts'
import { repriceRoutes } from './reprice-routes.ts'
import { requireAdmin } from './require-admin.ts'
import { routerRoutes } from './router-routes.ts'
import { tierRoutes } from './tier-routes.ts'
import { usageRoutes } from './usage-routes.ts'
import { userRoutes } from './user-routes.ts'

const resources: readonly ((deps: Deps) => Hono)[] = [
  logRoutes,
  gatewayKeyRoutes,
  providerKeyRoutes,
  keyResolutionRoutes,
  orgRoutes,
  memberRoutes,
  userRoutes,
  tierRoutes,
  gatewayRoutes,
  dynamicRouteRoutes,
  cacheRoutes,
  budgetRoutes,
  priceRoutes,
  usageRoutes,
  limitRoutes,
  neuronRoutes,
  alertEventRoutes,
  masterKeyRoutes,
  repriceRoutes,
  routerRoutes,
]

/** The control plane: `/api/…`, with the admin key. */
export function adminRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await requireAdmin(c.req.raw.headers, deps.adminKey)
    await next()
  })
  for (const routes of resources) app.route('/', routes(deps))
  app.all('*', (c) => {
    throw new GatewayError(
      'not_found',
      `The control plane has nothing at ${c.req.method} ${c.req.path.slice(0, 200)}. See docs/keys-limits-budgets.md.`,
    )
  })
  app.onError((error) =>
    respondWithError(error, { dialect: adminDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}
