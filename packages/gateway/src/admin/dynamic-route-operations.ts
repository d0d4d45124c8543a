import { GatewayError } from '@gw/headers'
import { formatRoute, parseRoute } from '@gw/router'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { createRouteDesk } from '../dynamic-routes/create-route-desk.ts'
import type { RouteScope, RouteVersion, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import { dryRun } from '../dynamic-routes/dry-run.ts'
import { findRouteMistakes } from '../dynamic-routes/find-route-mistakes.ts'
import { randomNumber } from '../dynamic-routes/random-number.ts'
import { requireValidElements } from '../dynamic-routes/require-valid-elements.ts'
import { routeNameSchema } from '../dynamic-routes/route-name-schema.ts'
import type { Org } from '../people/org-store.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { requireFound } from './require-found.ts'

const tag = 'Routes'
const elements = z.array(z.unknown())
const draft = z.boolean().default(false)
const versionName = z.union([z.string().min(1), z.number().int()])

const versionAnswer = z.object({
  id: z.string(),
  number: z.number(),
  is_valid: z.boolean(),
  is_deployed: z.boolean(),
  created_at: z.number(),
  elements: z.array(z.unknown()).readonly(),
})
const routeAnswer = z.object({
  id: z.string(),
  name: z.string(),
  model: z.string(),
  created_at: z.number(),
  modified_at: z.number(),
  deployed_at: z.number().nullable(),
  version: versionAnswer.nullable(),
})
const deploymentAnswer = z.object({ id: z.string(), version_id: z.string(), created_at: z.number() })

const path = '/gateways/:id/routes'
const at = `${path}/:route` as const

/** Dynamic routes: `/gateways/{id}/routes…`. A route is named by its id or its name, a version by its id or its number. */
export function dynamicRouteOperations(deps: Deps) {
  return [
    ...routeOperations(deps),
    ...versionOperations(deps),
    ...deploymentOperations(deps),
    ...tryOperations(deps),
  ] as const
}

function routeOperations(deps: Deps) {
  const desk = createRouteDesk(deps)
  const { dynamicRoutes } = deps
  return [
    operation(
      {
        method: 'GET',
        path,
        tag,
        access: 'viewer',
        summary: "A gateway's dynamic routes.",
        query: z.strictObject(pageFields),
        answer: listSchema(routeAnswer),
      },
      async ({ org, params, query }) => {
        const routes = await dynamicRoutes.list(await scopeOf(org, params.id, deps))
        return toPage(routes.map(toPublic), { ...query, keyOf: ({ id }) => id })
      },
    ),
    operation(
      {
        method: 'POST',
        path,
        tag,
        access: 'admin',
        summary: 'Makes a route, and deploys it unless it is a draft.',
        body: z.strictObject({ name: routeNameSchema, elements, draft }),
        answer: routeAnswer,
        status: 201,
      },
      async ({ org, params, body: { draft: isDraft, ...route } }) => {
        const scope = await scopeOf(org, params.id, deps)
        if (!isDraft) requireValidElements(route.elements, deps)
        return toPublic(await desk.create(scope, { ...route, deploys: !isDraft }))
      },
    ),
    operation(
      {
        method: 'GET',
        path: at,
        tag,
        access: 'viewer',
        summary: 'One route, with its deployed version.',
        answer: routeAnswer,
      },
      async ({ org, params }) => toPublic(await desk.find(await scopeOf(org, params.id, deps), params.route)),
    ),
    operation(
      {
        method: 'PATCH',
        path: at,
        tag,
        access: 'admin',
        summary: 'Renames a route.',
        body: z.strictObject({ name: routeNameSchema }),
        answer: routeAnswer,
      },
      async ({ org, params, body: { name } }) => {
        const scope = await scopeOf(org, params.id, deps)
        return toPublic(await desk.rename(scope, await desk.find(scope, params.route), name))
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: at,
        tag,
        access: 'admin',
        summary: 'Removes a route, with its versions.',
        answer: undefined,
      },
      async ({ org, params }) => {
        const scope = await scopeOf(org, params.id, deps)
        await dynamicRoutes.remove(scope, (await desk.find(scope, params.route)).id)
      },
    ),
  ] as const
}

function versionOperations(deps: Deps) {
  const desk = createRouteDesk(deps)
  return [
    operation(
      {
        method: 'GET',
        path: `${at}/versions`,
        tag,
        access: 'viewer',
        summary: 'Versions of a route, newest first.',
        query: z.strictObject(pageFields),
        answer: listSchema(versionAnswer),
      },
      async ({ org, params, query }) => {
        const { scope, route } = await find(org, params, deps)
        const versions = await deps.dynamicRoutes.versions(scope, route.id)
        return toPage(
          versions.map((version) => toPublicVersion(version, route)),
          { ...query, keyOf: ({ id }) => id },
        )
      },
    ),
    operation(
      {
        method: 'POST',
        path: `${at}/versions`,
        tag,
        access: 'admin',
        summary: 'Adds a version to a route, and deploys it if asked to.',
        body: z.strictObject({ elements, draft, deploy: z.boolean().default(false) }),
        answer: versionAnswer,
        status: 201,
      },
      async ({ org, params, body: { draft: isDraft, deploy, ...said } }) => {
        const { scope, route } = await find(org, params, deps)
        if (isDraft && deploy)
          throw new GatewayError(
            'invalid_request',
            'draft: a draft is not deployed. Leave one of draft and deploy out.',
          )
        if (!isDraft) requireValidElements(said.elements, deps)
        const version = await desk.addVersion(scope, route, said.elements)
        if (deploy) await desk.deploy(scope, route, version)
        return toPublicVersion(version, await desk.find(scope, route.id))
      },
    ),
    operation(
      {
        method: 'GET',
        path: `${at}/versions/:version`,
        tag,
        access: 'viewer',
        summary: 'One version of a route.',
        answer: versionAnswer,
      },
      async ({ org, params }) => {
        const { scope, route } = await find(org, params, deps)
        return toPublicVersion(await desk.findVersion(scope, route, params.version), route)
      },
    ),
  ] as const
}

function deploymentOperations(deps: Deps) {
  const desk = createRouteDesk(deps)
  const { dynamicRoutes } = deps
  return [
    operation(
      {
        method: 'GET',
        path: `${at}/deployments`,
        tag,
        access: 'viewer',
        summary: 'What was deployed of a route, newest first.',
        query: z.strictObject(pageFields),
        answer: listSchema(deploymentAnswer),
      },
      async ({ org, params, query }) => {
        const { scope, route } = await find(org, params, deps)
        const deployments = await dynamicRoutes.deployments(scope, route.id)
        return toPage(
          deployments.map(({ id, versionId, createdAt }) => ({ id, version_id: versionId, created_at: createdAt })),
          { ...query, keyOf: ({ id }) => id },
        )
      },
    ),
    operation(
      {
        method: 'POST',
        path: `${at}/deployments`,
        tag,
        access: 'admin',
        summary: 'Deploys a version of a route.',
        body: z.strictObject({ version: versionName }),
        answer: routeAnswer,
        status: 201,
      },
      async ({ org, params, body: { version: named } }) => {
        const { scope, route } = await find(org, params, deps)
        await desk.deploy(scope, route, await desk.findVersion(scope, route, String(named)))
        return toPublic(await desk.find(scope, route.id))
      },
    ),
    operation(
      {
        method: 'POST',
        path: `${at}/rollback`,
        tag,
        access: 'admin',
        summary: 'Deploys what was deployed before.',
        answer: routeAnswer,
      },
      async ({ org, params }) => {
        const { scope, route } = await find(org, params, deps)
        const before = (await dynamicRoutes.deployments(scope, route.id)).find(
          ({ versionId }) => versionId !== route.deployment?.versionId,
        )
        if (!before) throw new GatewayError('conflict', 'No other version of the route was deployed before.')
        await desk.deploy(scope, route, await desk.findVersion(scope, route, before.versionId))
        return toPublic(await desk.find(scope, route.id))
      },
    ),
  ] as const
}

const toTry = z.strictObject({
  version: versionName.optional(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  plan: z.string().optional(),
  sticky_key: z.string().optional(),
  failing: z.array(z.string()).default([]),
})

/** What changes nothing. */
function tryOperations(deps: Deps) {
  const desk = createRouteDesk(deps)
  const versionOf = async (
    { scope, route }: { scope: RouteScope; route: ServedRoute },
    version: string | number | undefined,
  ): Promise<RouteVersion> => {
    const chosen = version === undefined ? route.version : await desk.findVersion(scope, route, String(version))
    return requireFound(chosen, 'The route has no version.')
  }
  return [
    operation(
      {
        method: 'POST',
        path: `${path}/validate`,
        tag,
        access: 'viewer',
        writes: false,
        summary: 'What is wrong with the elements of a route.',
        body: z.strictObject({ elements: z.unknown().optional() }),
        answer: z.object({ valid: z.boolean(), mistakes: z.custom<ReturnType<typeof findRouteMistakes>>() }),
      },
      async ({ org, params, body: { elements: said } }) => {
        await scopeOf(org, params.id, deps)
        const mistakes = findRouteMistakes(said, deps)
        return { valid: mistakes.length === 0, mistakes }
      },
    ),
    operation(
      {
        method: 'GET',
        path: `${at}/export`,
        tag,
        access: 'viewer',
        summary: 'A version of a route as Cloudflare takes it.',
        query: z.strictObject({ version: z.string().optional() }),
        answer: z.object({ name: z.string(), elements: z.custom<readonly unknown[]>() }),
      },
      async ({ org, params, query }) => {
        const found = await find(org, params, deps)
        const version = await versionOf(found, query.version)
        const parsed = parseRoute(version.elements)
        return { name: found.route.name, elements: parsed.ok ? formatRoute(parsed.route) : version.elements }
      },
    ),
    operation(
      {
        method: 'POST',
        path: `${at}/dry-run`,
        tag,
        access: 'viewer',
        writes: false,
        summary: 'Where a request would go. Nobody is called and nothing is counted.',
        body: toTry,
        answer: z.custom<{ version: number } & ReturnType<typeof dryRun>>(),
      },
      async ({
        org,
        params,
        body: { version: named, failing, sticky_key: stickyKey, headers, plan, body, metadata },
      }) => {
        const version = await versionOf(await find(org, params, deps), named)
        requireValidElements(version.elements, deps)
        const parsed = parseRoute(version.elements)
        if (!parsed.ok) throw new GatewayError('internal', 'The route cannot be read.')
        const said = { metadata, body, headers: toHeaders(headers), plan, stickyKey }
        const facts = { ...said, random: randomNumber(deps.random) }
        return { version: version.number, ...dryRun(parsed.route, { facts, failing: new Set(failing) }) }
      },
    ),
  ] as const
}

function toHeaders(headers: Record<string, string>): Headers {
  try {
    return new Headers(headers)
  } catch (cause) {
    throw new GatewayError('invalid_request', 'headers: these cannot be sent.', { cause, detail: { param: 'headers' } })
  }
}

async function find(org: Org, { id, route }: { id: string; route: string }, deps: Deps) {
  const scope = await scopeOf(org, id, deps)
  return { scope, route: await createRouteDesk(deps).find(scope, route) }
}

/** @throws GatewayError `not_found` where the organisation has no such gateway */
async function scopeOf({ id: orgId }: Org, gatewayId: string, deps: Deps): Promise<RouteScope> {
  const isThere = (await deps.gateways.list(orgId)).some(({ id }) => id === gatewayId)
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
