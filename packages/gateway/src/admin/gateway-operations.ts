import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import { createPlaceKey } from '../cache/create-cache-key.ts'
import type { Deps } from '../deps.ts'
import { gatewaySettingsSchema } from '../gateways/gateway-settings-schema.ts'
import type { Gateway } from '../gateways/gateway-store.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { idSchema } from './id-schema.ts'
import { parse } from './parse.ts'
import { requireFound } from './require-found.ts'
import { sealSettings } from './seal-settings.ts'
import { requireKnownTargets } from './require-known-targets.ts'

const tag = 'Gateways'
const newSettings = gatewaySettingsSchema
  .strict()
  .refine(
    ({ rate_limiting_limit: limit, rate_limiting_interval: seconds }) => Boolean(limit) === Boolean(seconds),
    'rate_limiting_limit and rate_limiting_interval (seconds) go together',
  )
const gatewayAnswer = z.object({ id: z.string(), org_id: z.string(), settings: z.custom<Gateway['settings']>() })

const notThere = 'The organisation has no gateway with this id. GET /api/gateways lists them; PUT makes one.'

/** Gateways and their settings, and what they have kept of answers. */
export function gatewayOperations(deps: Deps) {
  const { gateways } = deps
  const find = async (orgId: string, id: string): Promise<Gateway | undefined> =>
    (await gateways.list(orgId)).find((gateway) => gateway.id === id)
  return [
    operation(
      {
        method: 'GET',
        path: '/gateways',
        tag,
        access: 'viewer',
        summary: 'Gateways, with their settings.',
        query: z.strictObject(pageFields),
        answer: listSchema(gatewayAnswer),
      },
      async ({ org, query }) =>
        toPage((await gateways.list(org.id)).map(toPublic), { ...query, keyOf: ({ id }) => id }),
    ),
    operation(
      { method: 'GET', path: '/gateways/:id', tag, access: 'viewer', summary: 'One gateway.', answer: gatewayAnswer },
      async ({ org, params }) => toPublic(requireFound(await find(org.id, params.id), notThere)),
    ),
    operation(
      {
        method: 'PUT',
        path: '/gateways/:id',
        tag,
        access: 'admin',
        summary: 'Makes a gateway, or replaces its settings.',
        body: z.strictObject({ settings: newSettings }),
        answer: gatewayAnswer,
      },
      async ({ org, params, body: { settings: asked } }) => {
        const { id } = parse(z.object({ id: idSchema }), { id: params.id })
        requireKnownTargets(asked, deps)
        const settings = await sealSettings(asked, { orgId: org.id, gatewayId: id }, deps)
        const gateway: Gateway = { orgId: org.id, id, settings }
        const before = await find(org.id, id)
        await gateways.save(gateway, deps.now())
        const purges = settings.cache_invalidate_on_update || before?.settings.cache_invalidate_on_update
        if (before && purges) await gateways.purge(org.id, id, deps.now())
        return toPublic(gateway)
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/gateways/:id',
        tag,
        access: 'admin',
        summary: 'Removes a gateway.',
        answer: undefined,
      },
      async ({ org, params }) => {
        if (params.id === 'default') {
          throw new GatewayError('conflict', 'The gateway "default" stays: requests that name none use it.')
        }
        requireFound(await gateways.remove(org.id, params.id), notThere)
        await sealSettings({}, { orgId: org.id, gatewayId: params.id }, deps)
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/gateways/:id/cache/purge',
        tag,
        access: 'admin',
        summary: 'Forgets kept answers: all, or those of one `cf-aig-cache-key`.',
        body: z.strictObject({ key: z.string().min(1).max(1024).optional() }),
        answer: undefined,
      },
      async ({ org, params, body: { key } }) => {
        const { cacheGeneration: generation = 0 } = requireFound(await find(org.id, params.id), notThere)
        if (key === undefined) {
          await gateways.purge(org.id, params.id, deps.now())
          return
        }
        const place = { orgId: org.id, gatewayId: params.id, generation }
        await deps.cache?.answers.remove(await createPlaceKey(place, key))
      },
    ),
  ] as const
}

function toPublic({ orgId, id, settings }: Gateway) {
  return { id, org_id: orgId, settings }
}
