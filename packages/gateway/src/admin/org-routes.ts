import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { Org } from '../people/org-store.ts'
import { idSchema } from './id-schema.ts'
import { orConflict } from './or-conflict.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'
import { requireTier } from './require-tier.ts'
import { textSchema } from './text-schema.ts'

const tierId = z.string().min(1)
const newOrg = z.strictObject({ id: idSchema, name: textSchema.optional(), tier_id: tierId.default('FREE') })
const orgChange = z.strictObject({ name: textSchema.exactOptional(), tier_id: tierId.exactOptional() })

const notThere = 'There is no organisation with this id. GET /api/orgs lists them.'

/** Organisations; one that is made here has its gateway `default`, so that its keys work at once. */
export function orgRoutes(deps: Deps): Hono {
  const { orgs } = deps.control
  const app = new Hono()
  app.get('/orgs', async (c) => c.json({ data: (await orgs.list()).map(toPublic) }))
  app.get('/orgs/:org', async (c) => c.json(toPublic(requireFound(await orgs.find(c.req.param('org')), notThere))))
  app.post('/orgs', async (c) => {
    const { id, name = id, tier_id } = await readBody(c, newOrg)
    await requireTier(tier_id, deps)
    const org: Org = { id, name, tierId: tier_id, createdAt: deps.now() }
    await orConflict(
      () => orgs.add(org),
      () => orgs.find(id),
      `id: there is an organisation "${id}" already. PATCH /api/orgs/${id} changes it.`,
    )
    await deps.gateways.save({ orgId: id, id: 'default', settings: {} }, deps.now())
    deps.accounts.forget()
    return c.json(toPublic(org), 201)
  })
  app.patch('/orgs/:org', async (c) => {
    const { name, tier_id } = await readBody(c, orgChange)
    await requireTier(tier_id, deps)
    const change = { ...(name !== undefined && { name }), ...(tier_id !== undefined && { tierId: tier_id }) }
    requireFound(await orgs.update(c.req.param('org'), change), notThere)
    deps.accounts.forget()
    return c.json(toPublic(requireFound(await orgs.find(c.req.param('org')), notThere)))
  })
  return app
}

function toPublic({ id, name, tierId, createdAt }: Org) {
  return { id, name, tier_id: tierId, created_at: createdAt }
}
