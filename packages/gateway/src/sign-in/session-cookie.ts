import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import type { OpenSession } from './sessions.ts'

/** The prefix keeps other hosts and paths from setting the cookie; browsers take it with TLS alone. */
const name = 'gw_session'
const secureName = `__Host-${name}`

/** Whether callers come by TLS. */
function isSecure(c: Context, { publicUrl }: Pick<Deps, 'publicUrl'>): boolean {
  return (publicUrl ?? c.req.url).startsWith('https:')
}

/** The token of the request's cookie. */
export function readSessionCookie(c: Context, deps: Deps): string | undefined {
  const wanted = isSecure(c, deps) ? secureName : name
  const pairs = (c.req.header('cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  const [, token] = pairs.find(([found]) => found === wanted) ?? []
  return token
}

/** Gives the browser its token, where there is a new one. */
export function writeSessionCookie(c: Context, { session, token }: OpenSession, deps: Deps): void {
  if (token === undefined) return
  setCookie(c, { token, maxAgeSeconds: Math.floor((session.expiresAt - deps.now()) / 1000) }, deps)
}

/** Takes the token away. */
export function removeSessionCookie(c: Context, deps: Deps): void {
  setCookie(c, { token: '', maxAgeSeconds: 0 }, deps)
}

/** @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie */
function setCookie(c: Context, { token, maxAgeSeconds }: { token: string; maxAgeSeconds: number }, deps: Deps): void {
  const about = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict`
  const cookie = isSecure(c, deps) ? `${secureName}=${token}; ${about}; Secure` : `${name}=${token}; ${about}`
  c.header('set-cookie', cookie, { append: true })
}
