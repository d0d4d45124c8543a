import { GatewayError } from '@gw/headers'
import { formatRoute, parseRoute } from '@gw/router'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { createRouteDesk } from '../dynamic-routes/create-route-desk.ts'
import type { RouteScope, RouteVersion, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import { dryRun } from '../dynamic-routes/dry-run.ts'
import { findRouteMistakes } from '../dynamic-routes/find-route-mistakes.ts'
import { randomNumber } from '../dynamic-routes/random-number.ts'
import { requireValidElements } from '../dynamic-routes/require-valid-elements.ts'
import { routeNameSchema } from '../dynamic-routes/route-name-schema.ts'
import { findOrg } from './find-org.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'

const org_id = z.string().min(1).optional()
const elements = z.array(z.unknown())
const draft = z.boolean().default(false)
const newRoute = z.strictObject({ org_id, name: routeNameSchema, elements, draft })
const newVersion = z.strictObject({ org_id, elements, draft, deploy: z.boolean().default(false) })
const change = z.strictObject({ org_id, name: routeNameSchema })
const toCheck = z.strictObject({ org_id, elements: z.unknown().optional() })
const versionName = z.union([z.string().min(1), z.number().int()])
const toDeploy = z.strictObject({ org_id, version: versionName })
const none = z.strictObject({ org_id })
const toTry = z.strictObject({
  org_id,
  version: versionName.optional(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  plan: z.string().optional(),
  sticky_key: z.string().optional(),
  failing: z.array(z.string()).default([]),
})

const path = '/gateways/:id/routes'
const at = `${path}/:route`

/** Dynamic routes: `/gateways/{id}/routes…`. A route is named by its id or its name, a version by its id or its number. */
export function dynamicRouteRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.route('/', routeResource(deps))
  app.route('/', versionResource(deps))
  app.route('/', tryResource(deps))
  return app
}

function routeResource(deps: Deps): Hono {
  const desk = createRouteDesk(deps)
  const { dynamicRoutes } = deps
  const app = new Hono()
  app.get(path, async (c) => c.json({ data: (await dynamicRoutes.list(await scopeOf(c, deps))).map(toPublic) }))
  app.post(path, async (c) => {
    const { org_id: orgId, draft: isDraft, ...route } = await readBody(c, newRoute)
    const scope = await scopeOf(c, deps, orgId)
    if (!isDraft) requireValidElements(route.elements, deps)
    return c.json(toPublic(await desk.create(scope, { ...route, deploys: !isDraft })), 201)
  })
  app.get(at, async (c) => c.json(toPublic(await desk.find(await scopeOf(c, deps), c.req.param('route')))))
  app.patch(at, async (c) => {
    const { org_id: orgId, name } = await readBody(c, change)
    const scope = await scopeOf(c, deps, orgId)
    return c.json(toPublic(await desk.rename(scope, await desk.find(scope, c.req.param('route')), name)))
  })
  app.delete(at, async (c) => {
    const scope = await scopeOf(c, deps)
    await dynamicRoutes.remove(scope, (await desk.find(scope, c.req.param('route'))).id)
    return c.body(null, 204)
  })
  return app
}

function versionResource(deps: Deps): Hono {
  const desk = createRouteDesk(deps)
  const { dynamicRoutes } = deps
  const app = new Hono()
  app.get(`${at}/versions`, async (c) => {
    const { scope, route } = await found(c, deps)
    const versions = await dynamicRoutes.versions(scope, route.id)
    return c.json({ data: versions.map((version) => toPublicVersion(version, route)) })
  })
  app.post(`${at}/versions`, async (c) => {
    const { org_id: orgId, draft: isDraft, deploy, ...said } = await readBody(c, newVersion)
    const { scope, route } = await found(c, deps, orgId)
    if (isDraft && deploy)
      throw new GatewayError('invalid_request', 'draft: a draft is not deployed. Leave one of draft and deploy out.')
    if (!isDraft) requireValidElements(said.elements, deps)
    const version = await desk.addVersion(scope, route, said.elements)
    if (deploy) await desk.deploy(scope, route, version)
    return c.json(toPublicVersion(version, await desk.find(scope, route.id)), 201)
  })
  app.get(`${at}/versions/:version`, async (c) => {
    const { scope, route } = await found(c, deps)
    return c.json(toPublicVersion(await desk.findVersion(scope, route, c.req.param('version')), route))
  })
  app.get(`${at}/deployments`, async (c) => {
    const { scope, route } = await found(c, deps)
    const deployments = await dynamicRoutes.deployments(scope, route.id)
    return c.json({
      data: deployments.map(({ id, versionId, createdAt }) => ({ id, version_id: versionId, created_at: createdAt })),
    })
  })
  app.post(`${at}/deployments`, async (c) => {
    const { org_id: orgId, version: named } = await readBody(c, toDeploy)
    const { scope, route } = await found(c, deps, orgId)
    await desk.deploy(scope, route, await desk.findVersion(scope, route, String(named)))
    return c.json(toPublic(await desk.find(scope, route.id)), 201)
  })
  app.post(`${at}/rollback`, async (c) => {
    const { org_id: orgId } = await readBody(c, none)
    const { scope, route } = await found(c, deps, orgId)
    const before = (await dynamicRoutes.deployments(scope, route.id)).find(
      ({ versionId }) => versionId !== route.deployment?.versionId,
    )
    if (!before) throw new GatewayError('conflict', 'No other version of the route was deployed before.')
    await desk.deploy(scope, route, await desk.findVersion(scope, route, before.versionId))
    return c.json(toPublic(await desk.find(scope, route.id)))
  })
  return app
}

/** What changes nothing. */
function tryResource(deps: Deps): Hono {
  const desk = createRouteDesk(deps)
  const app = new Hono()
  const versionOf = async (
    c: Context,
    { version, orgId }: { version?: string | undefined; orgId?: string | undefined },
  ) => {
    const { scope, route } = await found(c, deps, orgId)
    const chosen = version === undefined ? route.version : await desk.findVersion(scope, route, version)
    return { route, version: requireFound(chosen, 'The route has no version.') }
  }
  app.post(`${path}/validate`, async (c) => {
    const { org_id: orgId, elements: said } = await readBody(c, toCheck)
    await scopeOf(c, deps, orgId)
    const mistakes = findRouteMistakes(said, deps)
    return c.json({ valid: mistakes.length === 0, mistakes })
  })
  app.get(`${at}/export`, async (c) => {
    const { route, version } = await versionOf(c, { version: c.req.query('version') })
    const parsed = parseRoute(version.elements)
    return c.json({ name: route.name, elements: parsed.ok ? formatRoute(parsed.route) : version.elements })
  })
  app.post(`${at}/dry-run`, async (c) => {
    const {
      org_id: orgId,
      version: named,
      failing,
      sticky_key: stickyKey,
      headers,
      plan,
      ...said
    } = await readBody(c, toTry)
    const { version } = await versionOf(c, { version: named === undefined ? undefined : String(named), orgId })
    requireValidElements(version.elements, deps)
    const parsed = parseRoute(version.elements)
    if (!parsed.ok) throw new GatewayError('internal', 'The route cannot be read.')
    const facts = {
      ...said,
      body: said.body,
      headers: toHeaders(headers),
      plan,
      stickyKey,
      random: randomNumber(deps.random),
    }
    return c.json({ version: version.number, ...dryRun(parsed.route, { facts, failing: new Set(failing) }) })
  })
  return app
}

function toHeaders(headers: Record<string, string>): Headers {
  try {
    return new Headers(headers)
  } catch (cause) {
    throw new GatewayError('invalid_request', 'headers: these cannot be sent.', { cause, detail: { param: 'headers' } })
  }
}

async function found(c: Context, deps: Deps, orgId?: string) {
  const scope = await scopeOf(c, deps, orgId)
  return { scope, route: await createRouteDesk(deps).find(scope, c.req.param('route') ?? '') }
}

/** The gateway of the path. @throws GatewayError `not_found` */
async function scopeOf(c: Context, deps: Deps, inBody?: string): Promise<RouteScope> {
  const { id: orgId } = await findOrg(c, deps, inBody)
  const gatewayId = c.req.param('id') ?? ''
  const gateways = await deps.gateways.list(orgId)
  const isThere = gateways.some(({ id }) => id === gatewayId)
  requireFound(isThere, 'The organisation has no gateway with this id. GET /api/gateways lists them; PUT makes one.')
  return { orgId, gatewayId }
}

function toPublic(route: ServedRoute) {
  const { id, name, createdAt, modifiedAt, deployment, version } = route
  return {
    id,
    name,
    model: `dynamic/${name}`,
    created_at: createdAt,
    modified_at: modifiedAt,
    deployed_at: deployment?.createdAt ?? null,
    version: version ? toPublicVersion(version, route) : null,
  }
}

function toPublicVersion({ id, number, elements: list, isValid, createdAt }: RouteVersion, route: ServedRoute) {
  return {
    id,
    number,
    is_valid: isValid,
    is_deployed: route.deployment?.versionId === id,
    created_at: createdAt,
    elements: list,
  }
}
