import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { createRouteDesk } from '../dynamic-routes/create-route-desk.ts'
import type { RouteVersion, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import { requireValidElements } from '../dynamic-routes/require-valid-elements.ts'
import { routeNameSchema } from '../dynamic-routes/route-name-schema.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { findRoute, scopeOf } from './find-route.ts'
import { routeTrialOperations } from './route-trial-operations.ts'

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
    ...routeTrialOperations(deps),
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
        const { scope, route } = await findRoute(org, params, deps)
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
        const { scope, route } = await findRoute(org, params, deps)
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
        const { scope, route } = await findRoute(org, params, deps)
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
        const { scope, route } = await findRoute(org, params, deps)
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
        const { scope, route } = await findRoute(org, params, deps)
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
        const { scope, route } = await findRoute(org, params, deps)
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
