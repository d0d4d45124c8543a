import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { parse } from './parse.ts'

const query = z.strictObject({
  org_id: z.string().optional(),
  system: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})

/** What somebody should hear of, newest first: an organisation's, or with `?system=true` the whole gateway's. */
export function alertEventRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.get('/alert-events', async (c) => {
    const { system, limit } = parse(query, c.req.query())
    const orgId = system === 'true' ? null : (await findOrg(c, deps)).id
    const events = await deps.control.alertEvents.list(orgId, limit)
    return c.json({
      data: events.map(({ kind, subject, message, at }) => ({ org_id: orgId, kind, subject, message, created_at: at })),
    })
  })
  return app
}
