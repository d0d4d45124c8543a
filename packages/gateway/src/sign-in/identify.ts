import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import { isAdminKey } from '../admin/is-admin-key.ts'
import type { Actor } from '../admin/api/actor.ts'
import type { Deps } from '../deps.ts'
import { withoutScheme } from '../steps/credentials.ts'
import { isEqualSecret } from './is-equal-secret.ts'
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { continueSession } from './sessions.ts'

/** What writes of a browser carry. */
export const csrfHeader = 'x-gw-csrf'
/** In place of a token where there is no session: no page of another origin can send the header. */
export const csrfWithoutSession = 'access'

const accessHeader = 'cf-access-jwt-assertion'

/**
 * Who sends a request to the control plane: the holder of the admin key, somebody with a session, or a user whom Cloudflare
 * Access vouches for. @throws GatewayError `unauthenticated` for a wrong admin key, `forbidden` for a write from elsewhere,
 * which could otherwise also sign a browser in to somebody else's account
 */
export async function identify(c: Context, deps: Deps): Promise<Actor | undefined> {
  const bearer = withoutScheme(c.req.header('authorization') ?? '')
  if (bearer) {
    if (await isAdminKey(bearer, deps)) return { kind: 'operator', session: undefined }
    throw new GatewayError('unauthenticated', 'This is not the admin key. Send the value of GW_ADMIN_KEY.')
  }
  requireOwnOrigin(c, deps)
  return (await fromSession(c, deps)) ?? fromAccess(c, deps)
}

async function fromSession(c: Context, deps: Deps): Promise<Actor | undefined> {
  const token = readSessionCookie(c, deps)
  const open = token === undefined ? undefined : await continueSession(token, deps)
  if (!open) return undefined
  const { session } = open
  const actor = session.userId === null ? toOperator(session) : await toUser(session.userId, session, deps)
  if (!actor) return undefined
  await requireOwnPage(c, session.csrfToken)
  writeSessionCookie(c, open, deps)
  return actor
}

type Opened = { id: string; csrfToken: string }

const toOperator = ({ id, csrfToken }: Opened): Actor => ({ kind: 'operator', session: { id, csrfToken } })

async function toUser(userId: string, session: Opened | undefined, { control }: Deps): Promise<Actor | undefined> {
  const [user, signIn] = await Promise.all([control.users.find(userId), control.signIns.find(userId)])
  if (!user) return undefined
  return {
    kind: 'user',
    user,
    isOperator: signIn?.isOperator ?? false,
    session: session && { id: session.id, csrfToken: session.csrfToken },
  }
}

async function fromAccess(c: Context, deps: Deps): Promise<Actor | undefined> {
  const assertion = c.req.header(accessHeader)
  if (assertion === undefined || !deps.verifyAccess) return undefined
  const email = await deps.verifyAccess(assertion).catch((cause: unknown) => {
    const message = 'Cloudflare Access cannot be asked for its keys just now. Try again in a few seconds.'
    throw new GatewayError('unavailable', message, { cause, retryAfterMs: 2000 })
  })
  const user = email === undefined ? undefined : await deps.control.users.findByEmail(email)
  if (!user) return undefined
  await requireOwnPage(c, csrfWithoutSession)
  return toUser(user.id, undefined, deps)
}

/** @throws GatewayError `forbidden` where a write does not carry what a page of ours knows. */
async function requireOwnPage(c: Context, csrfToken: string): Promise<void> {
  if (isRead(c) || (await isEqualSecret(c.req.header(csrfHeader) ?? '', csrfToken))) return
  throw new GatewayError(
    'forbidden',
    `A write with a session needs the header ${csrfHeader}, whose value GET /api/session gives. Reload the page.`,
  )
}

/** @throws GatewayError `forbidden` where a browser sends a write from a page that is not ours. */
function requireOwnOrigin(c: Context, { publicUrl }: Deps): void {
  const origin = c.req.header('origin')
  if (origin === undefined || isRead(c)) return
  const own = new Set([new URL(c.req.url).origin, publicUrl === undefined ? undefined : new URL(publicUrl).origin])
  if (own.has(origin)) return
  throw new GatewayError(
    'forbidden',
    "A write without the admin key comes from the gateway's own pages. Set GW_PUBLIC_URL where they are elsewhere.",
  )
}

const isRead = (c: Context): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
