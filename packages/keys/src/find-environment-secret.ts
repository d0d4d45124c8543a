import { Secret } from './secret.ts'

/** Where in the environment a provider's secret may be. */
export interface EnvironmentQuery {
  envKeys: readonly string[]
  envSets?: readonly (readonly string[])[]
}

export interface EnvironmentSecret {
  /** The variables that it was read from. */
  names: readonly string[]
  secret: Secret
}

/**
 * The provider's secret in the environment: the first of its variables that is set, else the first list of which all are,
 * joined by `:`.
 */
export function findEnvironmentSecret(
  env: Readonly<Record<string, unknown>>,
  { envKeys, envSets = [] }: EnvironmentQuery,
): EnvironmentSecret | undefined {
  const valueOf = (name: string): string | undefined => {
    const value = env[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  for (const names of [...envKeys.map((name) => [name]), ...envSets]) {
    const values = names.flatMap((name) => valueOf(name) ?? [])
    if (values.length === names.length && values.length > 0) return { names, secret: new Secret(values.join(':')) }
  }
  return undefined
}
