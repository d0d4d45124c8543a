import type { Provider } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { resolveUpstreamSecret, type Caller, type KeySource, type Secret, type SecretLevel } from '@gw/keys'

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

/** The secret to call a provider with. @throws GatewayError `missing_upstream_secret` saying where one can be put. */
export async function resolveSecret(
  { provider, caller, own }: SecretRequest,
  levels: readonly SecretLevel[],
): Promise<ResolvedSecret> {
  if (own) return { source: 'request', secret: own }
  const { id: providerId, envKeys, envSets = [] } = provider
  const query = { providerId, caller, envKeys, envSets }
  const found = await resolveUpstreamSecret(query, levels)
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
