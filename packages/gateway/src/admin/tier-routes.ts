import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { Tier } from '../people/tier-store.ts'
import { orConflict } from './or-conflict.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'
import { textSchema } from './text-schema.ts'
import { toPublicTier } from './to-public-tier.ts'

const limit = z.number().int().min(0).max(1_000_000_000).nullable()
const newTier = z.strictObject({
  id: z
    .string()
    .max(64)
    .regex(/^[\w-]+$/, 'must be letters, digits, hyphens and underscores'),
  name: textSchema.optional(),
  requests_per_day: limit.default(null),
  requests_per_minute: limit.default(null),
  tokens_per_minute: limit.default(null),
})
const tierChange = z.strictObject({
  name: textSchema.exactOptional(),
  requests_per_day: limit.exactOptional(),
  requests_per_minute: limit.exactOptional(),
  tokens_per_minute: limit.exactOptional(),
})

const notThere = 'There is no tier with this id. GET /api/tiers lists them.'

/** What organisations and users may do a day and a minute; `null` is no limit. */
export function tierRoutes(deps: Deps): Hono {
  const { tiers } = deps.control
  const app = new Hono()
  app.get('/tiers', async (c) => c.json({ data: (await tiers.list()).map(toPublicTier) }))
  app.post('/tiers', async (c) => {
    const { id, name = id, requests_per_day, requests_per_minute, tokens_per_minute } = await readBody(c, newTier)
    const tier: Tier = {
      id,
      name,
      requestsPerDay: requests_per_day,
      requestsPerMinute: requests_per_minute,
      tokensPerMinute: tokens_per_minute,
    }
    await orConflict(
      () => tiers.add(tier),
      () => tiers.find(id),
      `id: there is a tier "${id}" already. PATCH /api/tiers/${id} changes it.`,
    )
    return c.json(toPublicTier(tier), 201)
  })
  app.patch('/tiers/:id', async (c) => {
    const { name, requests_per_day, requests_per_minute, tokens_per_minute } = await readBody(c, tierChange)
    const change = {
      ...(name !== undefined && { name }),
      ...(requests_per_day !== undefined && { requestsPerDay: requests_per_day }),
      ...(requests_per_minute !== undefined && { requestsPerMinute: requests_per_minute }),
      ...(tokens_per_minute !== undefined && { tokensPerMinute: tokens_per_minute }),
    }
    requireFound(await tiers.update(c.req.param('id'), change), notThere)
    deps.accounts.forget()
    return c.json(toPublicTier(requireFound(await tiers.find(c.req.param('id')), notThere)))
  })
  app.delete('/tiers/:id', async (c) => {
    const outcome = await tiers.remove(c.req.param('id'))
    requireFound(outcome !== 'not_found', notThere)
    if (outcome === 'removed') return c.body(null, 204)
    throw new GatewayError(
      'conflict',
      'An organisation, a user or a provider key has this tier. Give them another one, then remove it.',
    )
  })
  return app
}
