import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { gatewaySettingsSchema } from '../gateways/gateway-settings-schema.ts'
import type { Gateway } from '../gateways/gateway-store.ts'
import { findOrg } from './find-org.ts'
import { idSchema } from './id-schema.ts'
import { parse } from './parse.ts'
import { readBody } from './read-body.ts'
import { requireKnownTargets } from './require-known-targets.ts'
import { requireFound } from './require-found.ts'

const newSettings = z.strictObject({
  org_id: z.string().min(1).optional(),
  settings: gatewaySettingsSchema
    .strict()
    .refine(
      ({ rate_limiting_limit: limit, rate_limiting_interval: seconds }) => Boolean(limit) === Boolean(seconds),
      'rate_limiting_limit and rate_limiting_interval (seconds) go together',
    ),
})

const notThere = 'The organisation has no gateway with this id. GET /api/gateways lists them; PUT makes one.'

/** Gateways and their settings. */
export function gatewayRoutes(deps: Deps): Hono {
  const { gateways } = deps
  const app = new Hono()
  app.get('/gateways', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    return c.json({ data: (await gateways.list(orgId)).map(toPublic) })
  })
  app.get('/gateways/:id', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    const found = (await gateways.list(orgId)).find(({ id }) => id === c.req.param('id'))
    return c.json(toPublic(requireFound(found, notThere)))
  })
  app.put('/gateways/:id', async (c) => {
    const { org_id, settings } = await readBody(c, newSettings)
    const { id } = parse(z.object({ id: idSchema }), { id: c.req.param('id') })
    requireKnownTargets(settings, deps)
    const { id: orgId } = await findOrg(c, deps, org_id)
    const gateway: Gateway = { orgId, id, settings }
    const before = (await gateways.list(orgId)).find((known) => known.id === id)
    await gateways.save(gateway, deps.now())
    const purges = settings.cache_invalidate_on_update || before?.settings.cache_invalidate_on_update
    if (before && purges) await gateways.purge(orgId, id, deps.now())
    return c.json(toPublic(gateway))
  })
  app.delete('/gateways/:id', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    const id = c.req.param('id')
    if (id === 'default') {
      throw new GatewayError('conflict', 'The gateway "default" stays: requests that name none use it.')
    }
    requireFound(await gateways.remove(orgId, id), notThere)
    return c.body(null, 204)
  })
  return app
}

function toPublic({ orgId, id, settings }: Gateway) {
  return { id, org_id: orgId, settings }
}
