import type { Provider } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { UnknownAliasError, type KeyCandidate, type KeyResolver, type KeySource, type Secret } from '@gw/keys'
import type { UpstreamLeg } from '../plan.ts'
import type { Payer } from './purse.ts'

/** A secret to call a provider with. */
export interface ResolvedKey {
  source: KeySource
  /** `undefined` for providers that need none. */
  secret: Secret | undefined
  /** Where it is one of ours: what the provider thinks of it is remembered. */
  candidate?: KeyCandidate
}

/**
 * The secrets to call a leg's provider with, in order; at least one. The caller's own is used, or the call fails.
 * @throws GatewayError `missing_upstream_secret` saying where one can be put, `byok_alias_not_found`
 */
export async function resolveKeys(
  { provider, secret, options }: Pick<UpstreamLeg, 'provider' | 'secret' | 'options'>,
  { caller, account }: Pick<Payer, 'caller' | 'account'>,
  resolver: KeyResolver,
): Promise<readonly ResolvedKey[]> {
  if (secret) return [{ source: 'request', secret }]
  const { id: providerId, envKeys, envSets = [] } = provider
  const { byokAlias: alias } = options
  const query = { providerId, caller, tierId: account.tier?.id ?? null, alias, envKeys, envSets }
  const candidates = await resolver.resolve(query).catch(orAliasError)
  if (candidates.length > 0) {
    return candidates.map((candidate) => ({ source: candidate.source, secret: candidate.secret, candidate }))
  }
  if (provider.keyless) return [{ source: 'none', secret: undefined }]
  throw missing(provider)
}

function orAliasError(cause: unknown): never {
  if (!(cause instanceof UnknownAliasError)) throw cause
  throw new GatewayError('byok_alias_not_found', cause.message, { cause })
}

function missing({ id, envKeys, auth: { header, prefix } }: Provider): GatewayError {
  const [variable] = envKeys
  return new GatewayError(
    'missing_upstream_secret',
    `No valid key for provider "${id}". Set ${variable ?? 'its key'} in the gateway's environment, store one with POST ` +
      `/api/provider-keys, or send \`${header}: ${prefix}<key>\` with the gateway key in \`cf-aig-authorization\`.`,
    { detail: { provider: id, env: [...envKeys], header } },
  )
}
