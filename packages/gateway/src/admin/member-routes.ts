import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { roles, type Membership } from '../people/membership-store.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'
import { revokeKeysOf } from './revoke-keys-of.ts'

const newRole = z.strictObject({ role: z.enum(roles) })

const noOrg = 'There is no organisation with this id. GET /api/orgs lists them.'
const noUser = 'There is no user with this id. GET /api/users lists them.'

/** Who belongs to an organisation. Who leaves it loses their keys there. */
export function memberRoutes(deps: Deps): Hono {
  const { orgs, users, memberships } = deps.control
  const app = new Hono()
  const findOrgId = async (id: string): Promise<string> => requireFound(await orgs.find(id), noOrg).id

  app.get('/orgs/:org/members', async (c) => {
    const members = await memberships.list(await findOrgId(c.req.param('org')))
    return c.json({ data: members.map(toPublic) })
  })
  app.put('/orgs/:org/members/:user', async (c) => {
    const { role } = await readBody(c, newRole)
    const orgId = await findOrgId(c.req.param('org'))
    const { id: userId } = requireFound(await users.find(c.req.param('user')), noUser)
    const known = await memberships.find(orgId, userId)
    if (known) {
      await memberships.update(orgId, userId, { role })
      return c.json(toPublic({ ...known, role }))
    }
    const made: Membership = { orgId, userId, role, createdAt: deps.now() }
    await memberships.add(made)
    return c.json(toPublic(made), 201)
  })
  app.delete('/orgs/:org/members/:user', async (c) => {
    const orgId = await findOrgId(c.req.param('org'))
    const userId = c.req.param('user')
    requireFound(await memberships.find(orgId, userId), 'The organisation has no member with this id.')
    await revokeKeysOf({ orgId, userId }, deps)
    await memberships.remove(orgId, userId)
    return c.body(null, 204)
  })
  return app
}

function toPublic({ orgId, userId, role, createdAt }: Membership) {
  return { org_id: orgId, user_id: userId, role, created_at: createdAt }
}
