import { isGatewayHeader } from './is-gateway-header.ts'
import { isPlaceholderSecret } from './is-placeholder-secret.ts'

/** Every header that can hold a credential; only a provider's own ones ever go to it. Lower case. */
export const credentialHeaders: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'xi-api-key',
  'token',
  'cf-aig-authorization',
  'proxy-authorization',
  'cookie',
])

/** How the headers of a provider's request become those of a universal entry. */
export interface EntryHeaderOptions {
  /** Headers in which the provider takes its secret, lower case. No other credential header is kept. */
  ownAuth: readonly string[]
  /** Keep the secret that stands there; placeholders go in any case. Default: `true`. */
  keepAuth?: boolean
  /** Set on top, whatever the case of their names. Credentials of other providers among them are left out. */
  extra?: Readonly<Record<string, string>>
}

/**
 * The headers that a provider's request has as an entry of a universal request: lower case, each name once, without
 * what belongs to the connection, without placeholders, and without any credential that is not the provider's.
 *
 * @example
 * entryHeaders(new Headers({ Authorization: 'Bearer unused', 'OpenAI-Beta': 'x' }), { ownAuth: ['authorization'] })
 * // { 'openai-beta': 'x' }
 */
export function entryHeaders(
  source: Iterable<readonly [string, string]>,
  options: EntryHeaderOptions,
): Record<string, string> {
  const { ownAuth, keepAuth = true, extra = {} } = options
  const own = lowerCase([...source]).filter(([name, value]) => {
    if (name === 'host' || name === 'content-length') return false
    return !credentialHeaders.has(name) || (keepAuth && isOwnSecret(name, value, ownAuth))
  })
  const added = lowerCase(Object.entries(extra)).filter(
    ([name, value]) => !credentialHeaders.has(name) || isOwnSecret(name, value, ownAuth),
  )
  return Object.fromEntries([...own, ...added])
}

function lowerCase(entries: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return entries.map(([name, value]) => [name.toLowerCase(), value])
}

function isOwnSecret(name: string, value: string, ownAuth: readonly string[]): boolean {
  if (isGatewayHeader(name)) return false
  return ownAuth.includes(name) && !isPlaceholderSecret(value)
}
