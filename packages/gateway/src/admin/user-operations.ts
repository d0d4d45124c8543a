import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { roles } from '../people/membership-store.ts'
import type { User } from '../people/user-store.ts'
import { isOperator } from './api/actor.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { orConflict } from './or-conflict.ts'
import { requireFound } from './require-found.ts'
import { requireTier } from './require-tier.ts'
import { revokeKeysOf } from './revoke-keys-of.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Users'
const email = z.email().max(254)
const tierId = z.string().min(1).nullable()
const userAnswer = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  tier_id: z.string().nullable(),
  created_at: z.number(),
})

const notThere = 'There is no user with this id. GET /api/users lists them.'
const taken = 'email: a user with this address exists. GET /api/users lists them.'

/** People. They belong to organisations through their memberships; who is made with an `org_id` has one at once. */
export function userOperations(deps: Deps) {
  const { users, memberships } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/users',
        tag,
        access: 'operator',
        summary: 'Everybody, of all organisations.',
        query: z.strictObject(pageFields),
        answer: listSchema(userAnswer),
      },
      async ({ query }) => toPage((await users.list()).map(toPublic), { ...query, keyOf: ({ id }) => id }),
    ),
    operation(
      { method: 'GET', path: '/users/:id', tag, access: 'operator', summary: 'One user.', answer: userAnswer },
      async ({ params }) => toPublic(requireFound(await users.find(params.id), notThere)),
    ),
    operation(
      {
        method: 'POST',
        path: '/users',
        tag,
        access: ({ body }) => (body.org_id === undefined ? 'operator' : 'owner'),
        summary:
          'Makes a user; with `org_id` a member of that organisation (owner), else, and with a tier, as an operator.',
        body: z.strictObject({
          email,
          name: textSchema.optional(),
          tier_id: tierId.default(null),
          org_id: z.string().min(1).optional(),
          role: z.enum(roles).default('member'),
        }),
        answer: userAnswer,
        status: 201,
      },
      async ({ org, actor, body: { email, name = email, tier_id, role } }) => {
        if (tier_id !== null && !isOperator(actor)) {
          throw new GatewayError('forbidden', 'tier_id: an operator gives users tiers. Leave it out.', {
            detail: { param: 'tier_id' },
          })
        }
        await requireTier(tier_id, deps)
        const user: User = { id: deps.createId(), email, name, tierId: tier_id, createdAt: deps.now() }
        await orConflict(
          () => users.add(user),
          () => users.findByEmail(email),
          taken,
        )
        if (org) await memberships.add({ orgId: org.id, userId: user.id, role, createdAt: user.createdAt })
        return toPublic(user)
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/users/:id',
        tag,
        access: 'operator',
        summary: 'Changes a user.',
        body: z.strictObject({
          email: email.exactOptional(),
          name: textSchema.exactOptional(),
          tier_id: tierId.exactOptional(),
        }),
        answer: userAnswer,
      },
      async ({ params: { id }, body: { tier_id, ...change } }) => {
        await requireTier(tier_id, deps)
        requireFound(await users.find(id), notThere)
        const isTaken = async (): Promise<boolean> => {
          const other = change.email === undefined ? undefined : await users.findByEmail(change.email)
          return other !== undefined && other.id !== id
        }
        const to = { ...change, ...(tier_id !== undefined && { tierId: tier_id }) }
        await orConflict(() => users.update(id, to), isTaken, taken)
        deps.accounts.forget()
        return toPublic(requireFound(await users.find(id), notThere))
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/users/:id',
        tag,
        access: 'operator',
        summary: 'Removes a user, with memberships, sessions and keys.',
        answer: undefined,
      },
      async ({ params: { id } }) => {
        requireFound(await users.find(id), notThere)
        for (const { orgId } of await memberships.listOfUser(id)) await revokeKeysOf({ orgId, userId: id }, deps)
        await deps.control.signIns.removeSessions(id)
        await deps.control.signIns.removeInvitations(id)
        await users.remove(id)
        deps.accounts.forget()
      },
    ),
  ] as const
}

function toPublic({ id, email, name, tierId, createdAt }: User) {
  return { id, email, name, tier_id: tierId, created_at: createdAt }
}
