import type { Provider } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { UnknownAliasError, type Caller, type KeyQuery, type KeyResolver, type KeySource, type Secret } from '@gw/keys'

export interface ResolvedSecret {
  source: KeySource
  /** `undefined` for providers that need none. */
  secret: Secret | undefined
}

export interface SecretRequest {
  provider: Provider
  caller: Caller
  /** The caller's own secret for this provider; it is used, or the call fails. */
  own: Secret | undefined
}

/**
 * The secret to call a provider with. @throws GatewayError `missing_upstream_secret` saying where one can be put,
 * `byok_alias_not_found` naming the aliases that there are.
 */
export async function resolveSecret(
  { provider, caller, own }: SecretRequest,
  keys: KeyResolver,
): Promise<ResolvedSecret> {
  if (own) return { source: 'request', secret: own }
  const { id: providerId, envKeys, envSets = [] } = provider
  const [found] = await findCandidates({ providerId, caller, tierId: null, envKeys, envSets }, keys)
  if (found) return found
  if (provider.keyless) return { source: 'none', secret: undefined }

  const [variable] = provider.envKeys
  const { header, prefix } = provider.auth
  throw new GatewayError(
    'missing_upstream_secret',
    `No key for provider "${provider.id}". Set ${variable ?? 'its key'} in the gateway's environment, or send ` +
      `\`${header}: ${prefix}<key>\` with the gateway key in \`cf-aig-authorization\`.`,
    { detail: { provider: provider.id, env: [...provider.envKeys], header } },
  )
}

async function findCandidates(query: KeyQuery, keys: KeyResolver) {
  try {
    return await keys.resolve(query)
  } catch (error) {
    if (!(error instanceof UnknownAliasError)) throw error
    throw new GatewayError('byok_alias_not_found', error.message, {
      cause: error,
      detail: { provider: error.providerId, aliases: [...error.aliases] },
    })
  }
}
