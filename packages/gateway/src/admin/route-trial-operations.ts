import { GatewayError } from '@gw/headers'
import { formatRoute, parseRoute } from '@gw/router'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { createRouteDesk } from '../dynamic-routes/create-route-desk.ts'
import { dryRun } from '../dynamic-routes/dry-run.ts'
import type { RouteScope, RouteVersion, ServedRoute } from '../dynamic-routes/dynamic-route-store.ts'
import { findRouteMistakes } from '../dynamic-routes/find-route-mistakes.ts'
import { randomNumber } from '../dynamic-routes/random-number.ts'
import { requireValidElements } from '../dynamic-routes/require-valid-elements.ts'
import { operation } from './api/operation.ts'
import { findRoute, scopeOf } from './find-route.ts'
import { requireFound } from './require-found.ts'

const tag = 'Routes'
const path = '/gateways/:id/routes'
const at = `${path}/:route` as const
const versionName = z.union([z.string().min(1), z.number().int()])

const toTry = z.strictObject({
  version: versionName.optional(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  plan: z.string().optional(),
  sticky_key: z.string().optional(),
  failing: z.array(z.string()).default([]),
})

/** What can be tried with routes, and changes nothing. */
export function routeTrialOperations(deps: Deps) {
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
        const found = await findRoute(org, params, deps)
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
        const version = await versionOf(await findRoute(org, params, deps), named)
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
