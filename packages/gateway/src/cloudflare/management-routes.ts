import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import { requireAdmin } from '../admin/require-admin.ts'
import type { Deps } from '../deps.ts'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import { findAccount } from './find-account.ts'
import { gatewayResource } from './gateway-resource.ts'
import { logResource } from './log-resource.ts'
import { providerConfigResource } from './provider-config-resource.ts'
import { routeResource } from './route-resource.ts'

/**
 * Cloudflare's management API, in its own envelopes, with the admin key as Bearer:
 * `/client/v4/accounts/{account}/ai-gateway/gateways…`. The account is the organisation of that id, or else `default`.
 * Every write leaves an audit row.
 * @see https://developers.cloudflare.com/api/resources/ai_gateway/
 */
export function managementRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await requireAdmin(c.req.raw.headers, deps.adminKey)
    await next()
    if (['GET', 'HEAD'].includes(c.req.method) || c.res.status >= 400) return
    const { orgId } = await findAccount(c, deps)
    const id = deps.createId()
    const [, rest = ''] = c.req.path.split('/ai-gateway/')
    const entry = {
      id,
      at: deps.now(),
      orgId,
      actor: { kind: 'operator', id: null, name: 'admin key' } as const,
      action: `${c.req.method} /client/v4/…/ai-gateway/${rest.split('/', 1)[0]}`,
      path: c.req.path,
      subject: rest,
      changes: {},
      status: c.res.status,
    }
    await deps.control.audit.add(entry).catch((error: unknown) => deps.report(error, id))
  })
  app.route('/gateways/:gateway/routes', routeResource(deps))
  app.route('/gateways/:gateway/logs', logResource(deps))
  app.route('/gateways/:gateway/provider_configs', providerConfigResource(deps))
  app.route('/gateways', gatewayResource(deps))
  app.all('*', (c) => {
    throw new GatewayError(
      'not_found',
      `There is nothing at ${c.req.method} ${c.req.path.slice(0, 200)}: gw has gateways, logs, routes and provider_configs here.`,
    )
  })
  app.onError((error) =>
    respondWithError(error, { dialect: cloudflareDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}
