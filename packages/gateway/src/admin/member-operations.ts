import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { roles, type Membership } from '../people/membership-store.ts'
import type { User } from '../people/user-store.ts'
import { sha256 } from '../sign-in/sha-256.ts'
import { createToken } from '../sign-in/sessions.ts'
import { isOperator } from './api/actor.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { requireFound } from './require-found.ts'
import { revokeKeysOf } from './revoke-keys-of.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Members'
const role = z.enum(roles)
const memberFields = { org_id: z.string(), user_id: z.string(), role, created_at: z.number() }
const memberAnswer = z.object({ ...memberFields, email: z.string(), name: z.string(), tier_id: z.string().nullable() })

const noUser = 'There is no user with this id. GET /api/users lists them.'
const noMember = 'The organisation has no member with this id. GET /api/orgs/{org}/members lists them.'

/** How long an invitation is good, ms: a week. */
const invitationMs = 7 * 86_400_000

/** Who belongs to an organisation. Who leaves it loses their keys there; somebody who owns it is always left. */
export function memberOperations(deps: Deps) {
  const { users, memberships, signIns } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/orgs/:org/members',
        tag,
        access: 'viewer',
        summary: 'Members, and their roles.',
        query: z.strictObject(pageFields),
        answer: listSchema(memberAnswer),
      },
      async ({ org, query }) => {
        const page = toPage(await memberships.list(org.id), { ...query, keyOf: ({ userId }) => userId })
        const people = await Promise.all(page.data.map(({ userId }) => users.find(userId)))
        return { ...page, data: page.data.map((membership, index) => toPublic(membership, people[index])) }
      },
    ),
    operation(
      {
        method: 'PUT',
        path: '/orgs/:org/members/:user',
        tag,
        access: 'owner',
        summary: 'Makes a user a member, or changes their role.',
        body: z.strictObject({ role }),
        answer: memberAnswer,
      },
      async ({ org, params, actor, body, c }) => {
        const user = requireFound(await users.find(params.user), noUser)
        const known = await memberships.find(org.id, user.id)
        if (known) {
          const isChanged = await memberships.update(org.id, user.id, body)
          if (!isChanged) throw lastOwner()
          return toPublic({ ...known, ...body }, user)
        }
        // Nobody is drawn into an organisation, or found out about, by the owner of another one.
        if (!isOperator(actor)) requireFound(!(await isOthers(user, org.id, deps)), noUser)
        const made: Membership = { orgId: org.id, userId: user.id, ...body, createdAt: deps.now() }
        // Whoever holds an open invitation could choose the password of somebody who now belongs here too.
        await signIns.removeInvitations(user.id)
        await memberships.add(made)
        c.status(201)
        return toPublic(made, user)
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/orgs/:org/members/:user',
        tag,
        access: 'owner',
        summary: 'Ends a membership, and revokes the keys that the member has there.',
        answer: undefined,
      },
      async ({ org, params }) => {
        const known = requireFound(await memberships.find(org.id, params.user), noMember)
        await requireOtherOwner(known, deps)
        await revokeKeysOf({ orgId: org.id, userId: params.user }, deps)
        if (!(await memberships.remove(org.id, params.user))) throw lastOwner()
      },
    ),
    inviteOperation(deps),
  ] as const
}

function inviteOperation(deps: Deps) {
  const { users, memberships, signIns } = deps.control
  return operation(
    {
      method: 'POST',
      path: '/invitations',
      tag,
      access: 'owner',
      summary:
        'Invites somebody by a link: /invitation?token=…, good once and for a week. Also for a forgotten password.',
      body: z.strictObject({ email: z.email().max(254), name: textSchema.optional(), role: role.default('member') }),
      answer: z.object({ user_id: z.string(), token: z.string(), expires_at: z.number() }),
      answersSecret: true,
      status: 201,
    },
    async ({ org, actor, body: { email, name = email, role } }) => {
      const at = deps.now()
      const known = await users.findByEmail(email)
      if (known && !isOperator(actor) && (await isOthers(known, org.id, deps))) throw otherUser()
      const user: User = known ?? { id: deps.createId(), email, name, tierId: null, createdAt: at }
      if (!known) await users.add(user)
      if (!(await memberships.find(org.id, user.id))) {
        await forgetStrangers(user, deps)
        await memberships.add({ orgId: org.id, userId: user.id, role, createdAt: at })
      }
      // Whoever holds one of before could choose the password of somebody who now belongs here too.
      await signIns.removeInvitations(user.id)
      const token = createToken(deps)
      const invitation = { id: deps.createId(), userId: user.id, tokenHash: await sha256(token) }
      await signIns.addInvitation({ ...invitation, createdAt: at, expiresAt: at + invitationMs })
      return { user_id: user.id, token, expires_at: at + invitationMs }
    },
  )
}

/** Who belongs to no organisation may have a password that was chosen by who once invited them: it opens nothing here. */
async function forgetStrangers(user: User, { control, now }: Deps): Promise<void> {
  const all = await control.memberships.listOfUser(user.id)
  const signIn = await control.signIns.find(user.id)
  if (all.length > 0 || !signIn || signIn.isOperator) return
  await control.signIns.save({ ...signIn, passwordHash: null }, now())
  await control.signIns.removeSessions(user.id)
}

/** Whether a user belongs elsewhere too, or runs the gateway: then an owner must not take them over with an invitation. */
async function isOthers(user: User, orgId: string, { control }: Deps): Promise<boolean> {
  const all = await control.memberships.listOfUser(user.id)
  const signIn = await control.signIns.find(user.id)
  return signIn?.isOperator === true || all.some((membership) => membership.orgId !== orgId)
}

function otherUser(): GatewayError {
  const message = 'email: this user belongs to others too, so only an operator may invite them or make them a member.'
  return new GatewayError('conflict', message, { detail: { param: 'email' } })
}

/** Before anything is taken from them. @throws GatewayError `conflict` */
async function requireOtherOwner({ orgId, userId, role }: Membership, { control }: Deps): Promise<void> {
  if (role !== 'owner') return
  const members = await control.memberships.list(orgId)
  if (!members.some((member) => member.role === 'owner' && member.userId !== userId)) throw lastOwner()
}

function lastOwner(): GatewayError {
  return new GatewayError('conflict', 'This is the last owner of the organisation. Make somebody else an owner first.')
}

function toPublic({ orgId, userId, role, createdAt }: Membership, user: User | undefined) {
  return {
    org_id: orgId,
    user_id: userId,
    role,
    created_at: createdAt,
    email: user?.email ?? '',
    name: user?.name ?? '',
    tier_id: user?.tierId ?? null,
  }
}
