import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { dayOf } from './day-of.ts'
import { findOrg } from './find-org.ts'
import { parse } from './parse.ts'

const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional()
const query = z.strictObject({ org_id: z.string().optional(), from: time, to: time })
const hourMs = 3_600_000

/** What an organisation's requests came to in whole hours; without times, on this UTC day. */
export function usageRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.get('/usage', async (c) => {
    const today = dayOf(deps.now())
    const { from: begin = today.from, to: end = today.to } = parse(query, c.req.query())
    const { id: orgId } = await findOrg(c, deps)
    const from = Math.floor(begin / hourMs) * hourMs
    const to = Math.ceil(end / hourMs) * hourMs
    if (from >= to) {
      throw new GatewayError('invalid_request', 'to: must be later than from, both in ms since the epoch.', {
        detail: { param: 'to' },
      })
    }
    return c.json({ org_id: orgId, from, to, ...(await deps.control.usage.totals({ orgId, from, to })) })
  })
  return app
}
