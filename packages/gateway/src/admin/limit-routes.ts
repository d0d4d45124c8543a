import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { requestCounters, tokenCounters } from '../limits/limit-counters.ts'
import { findOrg } from './find-org.ts'
import { parse } from './parse.ts'
import { readCounters } from './read-counters.ts'
import { requireMember } from './require-member.ts'
import { toPublicTier } from './to-public-tier.ts'

const query = z.strictObject({ org_id: z.string().optional(), user_id: z.string().min(1).optional() })
const unreachable = 'What is used cannot be read just now. Try again in a few seconds.'

/** A caller's tier, who shares its limits, and what is used of them. */
export function limitRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.get('/limits', async (c) => {
    const { user_id: userId = null } = parse(query, c.req.query())
    const { id: orgId } = await findOrg(c, deps)
    await requireMember({ orgId, userId }, deps)
    const { tier, principal } = await deps.accounts.find({ orgId, userId })
    const counters = tier ? [...requestCounters(tier), ...tokenCounters(tier)] : []
    const states = await readCounters(deps.ledgers.open(ledgerName.tier(principal)), counters)
    const limits = states?.map(({ id, limit, used, remaining, resetsAt }) => ({
      id,
      limit,
      used,
      remaining,
      resets_at: resetsAt,
    }))
    return c.json({
      tier: tier ? toPublicTier(tier) : null,
      principal,
      data: limits ?? null,
      ...(!limits && { warning: unreachable }),
    })
  })
  return app
}
