import { createKeyResolver, type KeyResolver } from '@gw/keys'

/** A resolver that knows an environment alone. */
export function keysOf(env: Readonly<Record<string, unknown>>): KeyResolver {
  return createKeyResolver({ env, now: Date.now, random: (bytes) => void crypto.getRandomValues(bytes) })
}
