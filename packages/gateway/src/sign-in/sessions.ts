import type { Deps } from '../deps.ts'
import { sha256 } from './sha-256.ts'
import type { StoredSession } from './sign-in-store.ts'
import { toHex } from './to-hex.ts'

/** How long somebody stays signed in, ms: 14 days. */
const lifetimeMs = 14 * 86_400_000
/** How old a token gets before the browser is given a new one, ms. */
const tokenMs = 3_600_000
/** How long requests may be under way with the token before, ms. */
const overlapMs = 60_000

/** A session, and the token that its browser is to have from now on, where that is another one. */
export interface OpenSession {
  session: StoredSession
  token: string | undefined
}

/** Signs somebody in: a user, or with `null` whoever has the admin key. */
export async function startSession(userId: string | null, deps: Deps): Promise<OpenSession> {
  const token = createToken(deps)
  const at = deps.now()
  const session = {
    id: deps.createId(),
    userId,
    tokenHash: await sha256(token),
    previousHash: null,
    csrfToken: createToken(deps),
    createdAt: at,
    rotatedAt: at,
    expiresAt: at + lifetimeMs,
  }
  await deps.control.signIns.removeExpired(at)
  await deps.control.signIns.addSession(session)
  return { session, token }
}

/**
 * The session of a token, which gets another one once an hour. The one before is good until the browser has used the new
 * one: an answer that never arrived signs nobody out.
 */
export async function continueSession(token: string, deps: Deps): Promise<OpenSession | undefined> {
  const { signIns } = deps.control
  const hash = await sha256(token)
  const session = await signIns.findSession(hash)
  const at = deps.now()
  if (!session || session.expiresAt <= at) return undefined
  const isCurrent = session.tokenHash === hash
  const isUnderWay = at < session.rotatedAt + overlapMs
  if (isCurrent && session.previousHash !== null && !isUnderWay) {
    await signIns.rotateSession(session, { tokenHash: hash, previousHash: null, at: session.rotatedAt })
  }
  if (isUnderWay || (isCurrent && at < session.rotatedAt + tokenMs)) return { session, token: undefined }
  const next = createToken(deps)
  const to = { tokenHash: await sha256(next), previousHash: hash, at }
  return { session, token: (await signIns.rotateSession(session, to)) ? next : undefined }
}

/** 256 random bits. */
export function createToken({ random }: Pick<Deps, 'random'>): string {
  const bytes = new Uint8Array(32)
  random(bytes)
  return toHex(bytes)
}
