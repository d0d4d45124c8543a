import type { Provider } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'

/** The provider of an id or alias. @throws GatewayError `invalid_provider` listing those that there are. */
export function findProvider(name: string, { providers }: Pick<Deps, 'providers'>): Provider {
  const provider = providers.find(name)
  if (provider) return provider
  const known = providers.list.map(({ id }) => id).toSorted()
  throw new GatewayError(
    'invalid_provider',
    `provider: there is no provider "${name.slice(0, 64)}". Known: ${known.join(', ')}.`,
    { detail: { param: 'provider' } },
  )
}
