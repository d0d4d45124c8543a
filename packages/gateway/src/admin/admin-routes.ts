import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import { adminDialect } from './admin-dialect.ts'
import { identify } from '../sign-in/identify.ts'
import { adminOperations } from './admin-operations.ts'
import { docsPage } from './api/docs-page.ts'
import { mountOperations, type AdminEnv } from './api/mount-operations.ts'
import { toOpenApi } from './api/open-api.ts'
import { requireAccess } from './api/require-access.ts'

/** The control plane: `/api/…`. */
export function adminRoutes(deps: Deps): Hono<AdminEnv> {
  const operations = adminOperations(deps)
  const app = new Hono<AdminEnv>()
  app.get('/openapi.json', (c) => c.json(toOpenApi(operations)))
  app.get('/docs', (c) => c.html(docsPage(toOpenApi(operations))))
  app.use(async (c, next) => {
    c.set('actor', await identify(c, deps))
    await next()
  })
  mountOperations(app, operations, deps)
  app.all('*', async (c) => {
    await requireAccess({ actor: c.get('actor'), access: 'signed_in', orgId: undefined }, deps)
    throw new GatewayError(
      'not_found',
      `The control plane has nothing at ${c.req.method} ${c.req.path.slice(0, 200)}. See /api/docs.`,
    )
  })
  app.onError((error) =>
    respondWithError(error, { dialect: adminDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}
