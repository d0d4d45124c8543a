import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { parse } from './parse.ts'

const query = z.object({
  gateway_id: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().optional(),
})

/** Rows of requests that have ended. */
export function logRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.get('/logs', async (c) => {
    const { gateway_id: gatewayId, limit, cursor } = parse(query, c.req.query())
    const { id: orgId } = await findOrg(c, deps)
    return c.json(await deps.logs.list({ orgId, gatewayId, limit, cursor }))
  })
  app.get('/logs/:id', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    const record = await deps.logs.find(orgId, c.req.param('id'))
    if (record) return c.json(record)
    throw new GatewayError('log_not_found', 'There is no log row with this id. It may arrive within two seconds.')
  })
  return app
}
