import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { roles } from '../people/membership-store.ts'
import type { User } from '../people/user-store.ts'
import { findOrg } from './find-org.ts'
import { orConflict } from './or-conflict.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'
import { requireTier } from './require-tier.ts'
import { revokeKeysOf } from './revoke-keys-of.ts'
import { textSchema } from './text-schema.ts'

const email = z.email().max(254)
const tierId = z.string().min(1).nullable()
const newUser = z.strictObject({
  email,
  name: textSchema.optional(),
  tier_id: tierId.default(null),
  org_id: z.string().min(1).optional(),
  role: z.enum(roles).default('member'),
})
const userChange = z.strictObject({
  email: email.exactOptional(),
  name: textSchema.exactOptional(),
  tier_id: tierId.exactOptional(),
})

const notThere = 'There is no user with this id. GET /api/users lists them.'
const taken = 'email: a user with this address exists. GET /api/users lists them.'

/** People. They belong to organisations through their memberships; who is made with an `org_id` has one at once. */
export function userRoutes(deps: Deps): Hono {
  const { users, memberships } = deps.control
  const app = new Hono()
  app.get('/users', async (c) => c.json({ data: (await users.list()).map(toPublic) }))
  app.get('/users/:id', async (c) => c.json(toPublic(requireFound(await users.find(c.req.param('id')), notThere))))
  app.post('/users', async (c) => {
    const { email, name = email, tier_id, org_id, role } = await readBody(c, newUser)
    await requireTier(tier_id, deps)
    const org = org_id === undefined ? undefined : await findOrg(c, deps, org_id)
    const user: User = { id: deps.createId(), email, name, tierId: tier_id, createdAt: deps.now() }
    await orConflict(
      () => users.add(user),
      () => users.findByEmail(email),
      taken,
    )
    if (org) await memberships.add({ orgId: org.id, userId: user.id, role, createdAt: user.createdAt })
    return c.json(toPublic(user), 201)
  })
  app.patch('/users/:id', async (c) => {
    const id = c.req.param('id')
    const { tier_id, ...change } = await readBody(c, userChange)
    await requireTier(tier_id, deps)
    requireFound(await users.find(id), notThere)
    const isTaken = async (): Promise<boolean> => {
      const other = change.email === undefined ? undefined : await users.findByEmail(change.email)
      return other !== undefined && other.id !== id
    }
    const to = { ...change, ...(tier_id !== undefined && { tierId: tier_id }) }
    await orConflict(() => users.update(id, to), isTaken, taken)
    deps.accounts.forget()
    return c.json(toPublic(requireFound(await users.find(id), notThere)))
  })
  app.delete('/users/:id', async (c) => {
    const id = c.req.param('id')
    requireFound(await users.find(id), notThere)
    for (const { orgId } of await memberships.listOfUser(id)) await revokeKeysOf({ orgId, userId: id }, deps)
    await users.remove(id)
    deps.accounts.forget()
    return c.body(null, 204)
  })
  return app
}

function toPublic({ id, email, name, tierId, createdAt }: User) {
  return { id, email, name, tier_id: tierId, created_at: createdAt }
}
