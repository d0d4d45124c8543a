import { Hono } from 'hono'
import * as z from 'zod'
import { createPlaceKey } from '../cache/create-cache-key.ts'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'

const purge = z.strictObject({
  org_id: z.string().min(1).optional(),
  /** Of `cf-aig-cache-key`; without it everything goes. */
  key: z.string().min(1).max(1024).optional(),
})

/** What a gateway has kept of answers, and how to be rid of it. */
export function cacheRoutes(deps: Deps): Hono {
  const { gateways, cache } = deps
  const app = new Hono()
  app.post('/gateways/:id/cache/purge', async (c) => {
    const { org_id, key } = await readBody(c, purge)
    const { id: orgId } = await findOrg(c, deps, org_id)
    const id = c.req.param('id')
    const found = (await gateways.list(orgId)).find((gateway) => gateway.id === id)
    const { cacheGeneration: generation = 0 } = requireFound(found, notThere)
    if (key === undefined) {
      await gateways.purge(orgId, id, deps.now())
    } else {
      await cache?.answers.remove(await createPlaceKey({ orgId, gatewayId: id, generation }, key))
    }
    return c.body(null, 204)
  })
  return app
}

const notThere = 'The organisation has no gateway with this id. GET /api/gateways lists them.'
