import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { roles } from '../people/membership-store.ts'
import { csrfWithoutSession } from '../sign-in/identify.ts'
import { hashPassword, isPassword } from '../sign-in/hash-password.ts'
import { removeSessionCookie, writeSessionCookie } from '../sign-in/session-cookie.ts'
import { startSession } from '../sign-in/sessions.ts'
import { sha256 } from '../sign-in/sha-256.ts'
import { isOperator, type Actor } from './api/actor.ts'
import { operation } from './api/operation.ts'
import { secretField } from './api/secret-field.ts'
import { isAdminKey } from './is-admin-key.ts'
import { orConflict } from './or-conflict.ts'
import { passwordSchema } from './password-schema.ts'
import { requireFound } from './require-found.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Signing in'
const email = z.email().max(254)
const secret = secretField(z.string().min(1).max(1000))

const sessionAnswer = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
  is_operator: z.boolean(),
  memberships: z.array(z.object({ org_id: z.string(), org_name: z.string(), role: z.enum(roles) })),
  /** What writes send as `x-gw-csrf`. */
  csrf_token: z.string(),
})

/** Setting the gateway up, signing in and out, and choosing a password after an invitation. */
export function sessionOperations(deps: Deps) {
  const { signIns, users } = deps.control
  const signInAs = async (c: Context, userId: string | null) => {
    const open = await startSession(userId, deps)
    writeSessionCookie(c, open, deps)
    const { id, csrfToken } = open.session
    const session = { id, csrfToken }
    if (userId === null) return describe({ kind: 'operator', session }, deps)
    const user = requireFound(await users.find(userId), 'This user has just been removed.')
    const { isOperator: runsGateway = false } = (await signIns.find(userId)) ?? {}
    return describe({ kind: 'user', user, isOperator: runsGateway, session }, deps)
  }

  return [
    operation(
      {
        method: 'GET',
        path: '/setup',
        tag,
        access: 'public',
        answer: z.object({ needed: z.boolean() }),
        summary: 'Whether nobody can sign in yet.',
      },
      async () => ({ needed: await signIns.isEmpty() }),
    ),
    operation(
      {
        method: 'POST',
        path: '/setup',
        tag,
        access: 'public',
        summary: 'Makes the first user, who runs the gateway and owns its first organisation.',
        body: z.strictObject({ admin_key: secret, email, name: textSchema, password: secretField(passwordSchema) }),
        answer: sessionAnswer,
        status: 201,
      },
      async ({ body, c }) => {
        await limitAttempts('setup', c, deps)
        await requireAdminKey(body.admin_key, deps)
        return signInAs(c, await makeFirstUser(body, deps))
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/session',
        tag,
        access: 'public',
        summary: 'Signs in, with an address and a password or with the admin key.',
        body: z
          .strictObject({ email: email.optional(), password: secret.optional(), admin_key: secret.optional() })
          .refine(
            ({ email, password, admin_key }) =>
              admin_key === undefined
                ? email !== undefined && password !== undefined
                : email === undefined && password === undefined,
            'send email and password, or admin_key',
          ),
        answer: sessionAnswer,
        status: 201,
      },
      async ({ body: { email = '', password = '', admin_key }, c }) => {
        if (admin_key !== undefined) {
          await limitAttempts('admin key', c, deps)
          await requireAdminKey(admin_key, deps)
          return signInAs(c, null)
        }
        await limitAttempts(email.toLowerCase(), c, deps)
        await limitGuesses(email.toLowerCase(), deps)
        const user = await users.findByEmail(email)
        // An address that nobody has takes as long as a wrong password.
        const { passwordHash = null } = (await signIns.find(user?.id ?? '')) ?? {}
        const isRight = await isPassword(password, passwordHash ?? '$$')
        if (user && passwordHash !== null && isRight) return signInAs(c, user.id)
        throw new GatewayError('unauthenticated', 'Address or password is wrong. An owner can send a new invitation.')
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/session',
        tag,
        access: 'signed_in',
        answer: sessionAnswer,
        summary: 'Who is signed in, and where they belong.',
      },
      async ({ actor }) => describe(actor, deps),
    ),
    operation(
      { method: 'DELETE', path: '/session', tag, access: 'signed_in', answer: undefined, summary: 'Signs out.' },
      async ({ actor, c }) => {
        if (actor.session) await signIns.removeSession(actor.session.id)
        removeSessionCookie(c, deps)
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/invitations/accept',
        tag,
        access: 'public',
        summary: 'Chooses a password with the token of an invitation, and signs in.',
        body: z.strictObject({ token: secret, password: secretField(passwordSchema) }),
        answer: sessionAnswer,
        status: 201,
      },
      async ({ body, c }) => {
        const invitation = await signIns.useInvitation(await sha256(body.token), deps.now())
        if (!invitation || !(await users.find(invitation.userId))) {
          throw new GatewayError('unauthenticated', 'This invitation is used or expired. Ask an owner for a new one.')
        }
        const { userId } = invitation
        const { isOperator: runsGateway = false } = (await signIns.find(userId)) ?? {}
        const passwordHash = await hashPassword(body.password, deps.random)
        await signIns.save({ userId, passwordHash, isOperator: runsGateway }, deps.now())
        await signIns.removeInvitations(userId)
        await signIns.removeSessions(userId)
        return signInAs(c, userId)
      },
    ),
  ] as const
}

async function describe(actor: Actor, deps: Deps) {
  const { orgs, memberships } = deps.control
  const all = await orgs.list()
  const nameOf = new Map(all.map(({ id, name }) => [id, name]))
  const user = actor.kind === 'user' ? actor.user : undefined
  const own = user ? await memberships.listOfUser(user.id) : []
  const everywhere = all.map(({ id, name }) => ({ org_id: id, org_name: name, role: 'owner' as const }))
  return {
    user: user ? { id: user.id, email: user.email, name: user.name } : null,
    is_operator: isOperator(actor),
    memberships: isOperator(actor)
      ? everywhere
      : own.map(({ orgId, role }) => ({ org_id: orgId, org_name: nameOf.get(orgId) ?? orgId, role })),
    csrf_token: actor.session?.csrfToken ?? csrfWithoutSession,
  }
}

interface FirstUser {
  email: string
  name: string
  password: string
}

/** @returns their id @throws GatewayError `conflict` where somebody else is the first */
async function makeFirstUser({ email, name, password }: FirstUser, deps: Deps): Promise<string> {
  const { signIns, users, memberships } = deps.control
  const taken = new GatewayError('conflict', 'The gateway is set up already. Sign in, or ask an owner to invite you.')
  if (!(await signIns.isEmpty())) throw taken
  const passwordHash = await hashPassword(password, deps.random)
  const at = deps.now()
  const known = await users.findByEmail(email)
  const userId = known?.id ?? deps.createId()
  if (!known) {
    const user = { id: userId, email, name, tierId: null, createdAt: at }
    await orConflict(
      () => users.add(user),
      () => users.findByEmail(email),
      taken.message,
    )
  }
  // Whoever holds an invitation could choose the password of the one who runs the gateway.
  await signIns.removeInvitations(userId)
  if (!(await signIns.saveFirst({ userId, passwordHash, isOperator: true }, at))) {
    if (!known) await users.remove(userId)
    throw taken
  }
  if (!(await memberships.find('default', userId))) {
    await memberships.add({ orgId: 'default', userId, role: 'owner', createdAt: at })
  }
  return userId
}

async function requireAdminKey(key: string, deps: Deps): Promise<void> {
  if (await isAdminKey(key, deps)) return
  throw new GatewayError(
    'unauthenticated',
    deps.adminKey
      ? 'This is not the admin key, which is the value of GW_ADMIN_KEY.'
      : 'Set GW_ADMIN_KEY to open the control plane.',
  )
}

const quarter = { kind: 'sliding', ms: 900_000 } as const
/** From one network address: nobody is kept out by what others try elsewhere. */
const attempts = { id: 'sign_in', limit: 10, window: quarter, isHard: true } as const
/** From all of them together: passwords cannot be tried out. */
const guesses = { id: 'guesses', limit: 100, window: quarter, isHard: true } as const

async function limitAttempts(who: string, c: Context, deps: Deps): Promise<void> {
  await limit(JSON.stringify([who, c.req.header('cf-connecting-ip') ?? '']), attempts, deps)
}

async function limitGuesses(email: string, deps: Deps): Promise<void> {
  await limit(email, guesses, deps)
}

async function limit(who: string, counter: typeof attempts | typeof guesses, deps: Deps): Promise<void> {
  const taken = await deps.permits.take({ ledger: ledgerName.signIn(await sha256(who)), counters: [counter] })
  if (taken.ok) return
  throw new GatewayError('rate_limited', 'Too many attempts to sign in. Wait a quarter of an hour.', {
    ...(taken.retryAfterMs !== null && { retryAfterMs: taken.retryAfterMs }),
  })
}
