import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { parse } from '../admin/parse.ts'
import { readBody } from '../admin/read-body.ts'
import type { Deps } from '../deps.ts'
import { createRouteDesk } from '../dynamic-routes/create-route-desk.ts'
import type { RouteDeployment, RouteScope, RouteVersion, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import { routeNameSchema } from '../dynamic-routes/route-name-schema.ts'
import { pageSchema, success, timeOf } from './envelope.ts'
import { findAccountGateway } from './find-account.ts'

const elements = z.array(z.unknown())
const newRoute = z.object({ name: routeNameSchema, elements })
const change = z.object({ name: routeNameSchema })
const newVersion = z.object({ elements })
const newDeployment = z.object({ version_id: z.string().min(1) })

/**
 * Cloudflare's management API for dynamic routes.
 * @see https://developers.cloudflare.com/api/resources/ai_gateway/subresources/dynamic_routing/
 */
export function routeResource(deps: Deps): Hono {
  const app = new Hono()
  app.route('/', routes(deps))
  app.route('/', versions(deps))
  return app
}

function routes(deps: Deps): Hono {
  const desk = createRouteDesk(deps)
  const { dynamicRoutes } = deps
  const app = new Hono()
  app.get('/', async (c) => {
    const { scope, account } = await scopeOf(c, deps)
    const all = (await dynamicRoutes.list(scope)).toReversed()
    const routes = all.map((route) => ({ account_tag: account, ...toRoute(route, scope) }))
    return c.json(page('routes', routes, c))
  })
  app.post('/', async (c) => {
    const said = parse(newRoute, await readBody(c))
    const { scope } = await scopeOf(c, deps)
    return c.json(success(toRoute(await desk.create(scope, { ...said, deploys: true }), scope)))
  })
  app.get('/:route', async (c) => {
    const { scope, route } = await found(c, deps)
    return c.json(success(toRoute(route, scope)))
  })
  app.patch('/:route', async (c) => {
    const { name } = parse(change, await readBody(c))
    const { scope, route, account } = await found(c, deps)
    const renamed = await desk.rename(scope, route, name)
    return c.json({ success: true, route: { account_tag: account, ...toRoute(renamed, scope) } })
  })
  app.delete('/:route', async (c) => {
    const { scope, route } = await found(c, deps)
    await dynamicRoutes.remove(scope, route.id)
    return c.json(success(toBareRoute(route, scope)))
  })
  return app
}

function versions(deps: Deps): Hono {
  const desk = createRouteDesk(deps)
  const { dynamicRoutes } = deps
  const app = new Hono()
  app.get('/:route/versions', async (c) => {
    const { scope, route } = await found(c, deps)
    const all = await dynamicRoutes.versions(scope, route.id)
    return c.json(
      page(
        'versions',
        all.map((version) => toVersion(version, route)),
        c,
      ),
    )
  })
  app.post('/:route/versions', async (c) => {
    const { elements: list } = parse(newVersion, await readBody(c))
    const { scope, route } = await found(c, deps)
    const version = await desk.addVersion(scope, route, list)
    const changed = await desk.find(scope, route.id)
    const made = { ...toBareRoute(changed, scope), elements: version.elements, version: toVersion(version, changed) }
    return c.json(success(made))
  })
  app.get('/:route/versions/:version', async (c) => {
    const { scope, route } = await found(c, deps)
    const version = await desk.findVersion(scope, route, c.req.param('version'))
    return c.json(success({ ...toBareRoute(route, scope), ...toVersion(version, route), elements: version.elements }))
  })
  app.get('/:route/deployments', async (c) => {
    const { scope, route } = await found(c, deps)
    return c.json(page('deployments', (await dynamicRoutes.deployments(scope, route.id)).map(toDeployment), c))
  })
  app.post('/:route/deployments', async (c) => {
    const { version_id: versionId } = parse(newDeployment, await readBody(c))
    const { scope, route } = await found(c, deps)
    await desk.deploy(scope, route, await desk.findVersion(scope, route, versionId))
    return c.json(success(toBareRoute(await desk.find(scope, route.id), scope)))
  })
  return app
}

/** A page of a list, in an envelope that these lists alone have; past the end it is empty. */
function page(name: string, all: readonly object[], c: Context) {
  const { page: number, per_page } = parse(pageSchema, c.req.query())
  const shown = all.slice((number - 1) * per_page, number * per_page)
  return {
    success: true,
    data: { [name]: shown, order_by: 'created_at', order_by_direction: 'desc', page: number, per_page },
  }
}

async function found(c: Context, deps: Deps) {
  const { scope, account } = await scopeOf(c, deps)
  return { scope, account, route: await createRouteDesk(deps).find(scope, c.req.param('route') ?? '') }
}

async function scopeOf(c: Context, deps: Deps): Promise<{ scope: RouteScope; account: string }> {
  const { account, orgId, gateway } = await findAccountGateway(c, deps)
  return { scope: { orgId, gatewayId: gateway.id }, account }
}

function toBareRoute({ id, name, createdAt, modifiedAt, version }: ServedRoute, { gatewayId }: RouteScope) {
  return {
    id,
    name,
    gateway_id: gatewayId,
    created_at: timeOf(createdAt),
    modified_at: timeOf(modifiedAt),
    elements: version?.elements ?? [],
  }
}

function toRoute(route: ServedRoute, scope: RouteScope) {
  const { deployment, version } = route
  return {
    ...toBareRoute(route, scope),
    deployment: deployment ? toDeployment(deployment) : null,
    version: version ? toVersion(version, route) : null,
  }
}

const toDeployment = ({ id, versionId, createdAt }: RouteDeployment) => ({
  deployment_id: id,
  version_id: versionId,
  created_at: timeOf(createdAt),
})

/** `active` is a text at Cloudflare, and so are the elements. */
const toVersion = (version: RouteVersion, { deployment }: ServedRoute) => ({
  version_id: version.id,
  active: String(deployment?.versionId === version.id),
  data: JSON.stringify(version.elements),
  is_valid: version.isValid,
  created_at: timeOf(version.createdAt),
})
