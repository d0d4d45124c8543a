import type { Caller } from './gateway-key.ts'
import { Secret } from './secret.ts'

/** Where an upstream secret came from. Whoever's it is pays. */
export type KeySource =
  /** The caller sent it with the request. */
  | 'request'
  | 'user'
  | 'org'
  | 'system_tier'
  | 'system'
  | 'environment'
  /** Workers AI without a key, through the account's own binding. */
  | 'free'
  /** The provider needs no secret. */
  | 'none'

/** A secret with its origin, bound to the one provider that it may be sent to. */
export interface UpstreamSecret {
  providerId: string
  source: KeySource
  secret: Secret
}

export interface SecretQuery {
  providerId: string
  caller: Caller
  /** Environment variables that may hold the provider's secret. */
  envKeys: readonly string[]
  /** Lists of environment variables that make the secret together. */
  envSets?: readonly (readonly string[])[]
}

/** One place to look for a provider's secret. */
export interface SecretLevel {
  source: KeySource
  find(query: SecretQuery): Promise<Secret | undefined>
}

/**
 * Asks the levels in order (user, org, system for the tier, system for all, environment, free Workers AI) and returns
 * the first secret. `undefined` when no level has one.
 */
export async function resolveUpstreamSecret(
  query: SecretQuery,
  levels: readonly SecretLevel[],
): Promise<UpstreamSecret | undefined> {
  for (const level of levels) {
    const secret = await level.find(query)
    if (secret) return { providerId: query.providerId, source: level.source, secret }
  }
  return undefined
}

/**
 * The environment level: the first of the provider's variables that is set, else the first list of which all are,
 * joined by `:`.
 */
export function environmentLevel(env: Readonly<Record<string, unknown>>): SecretLevel {
  const valueOf = (name: string): string | undefined => {
    const value = env[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return {
    source: 'environment',
    find: async ({ envKeys, envSets = [] }) => {
      const lists = [...envKeys.map((name) => [name]), ...envSets]
      const found = lists.map((names) => names.flatMap((name) => valueOf(name) ?? []))
      const text = found.find((values, index) => values.length === lists[index]?.length)
      return text && new Secret(text.join(':'))
    },
  }
}
