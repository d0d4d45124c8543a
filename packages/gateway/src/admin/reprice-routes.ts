import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { reprice } from '../money/reprice.ts'
import { findOrg } from './find-org.ts'
import { readBody } from './read-body.ts'

const time = z.number().int().min(0)
const period = z
  .strictObject({
    org_id: z.string().min(1).optional(),
    from: time,
    to: time,
    cursor: z.string().min(1).nullable().default(null),
    limit: z.number().int().min(1).max(1000).default(500),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than from, both in ms since the epoch' })

/** Costs of a time, computed anew, a page of rows at a time; budgets keep what they have counted. */
export function repriceRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.post('/reprice', async (c) => {
    const { org_id, cursor, ...query } = await readBody(c, period)
    const { id: orgId } = await findOrg(c, deps, org_id)
    const prices = await deps.control.prices.list(orgId)
    const page = await deps.logs.listPriced({ orgId, ...query, ...(cursor !== null && { cursor }) })
    const results = page.data.map((row) => {
      const provider = deps.providers.find(row.provider ?? '')
      return { row, repriced: reprice(row, { provider, prices }) }
    })
    const costs = results.flatMap(({ repriced }) => (repriced.kind === 'new' ? repriced.cost : []))
    await deps.logs.reprice(orgId, costs, deps.now())
    const count = (kind: string): number => results.filter(({ repriced }) => repriced.kind === kind).length
    const changed = results.filter(
      ({ row, repriced }) => repriced.kind === 'new' && repriced.cost.cost_nano_usd !== row.cost_nano_usd,
    )
    return c.json({
      repriced: count('new') + count('same'),
      changed: changed.length,
      unpriced: count('unpriced'),
      next_cursor: page.next_cursor,
    })
  })
  return app
}
