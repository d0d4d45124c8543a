import { credentialHeaders } from '@gw/headers/entry-headers'
import { isGatewayHeader } from '@gw/headers'
import { keepOwnSecrets } from './gateway-controls.ts'
import type { DelegateCallOptions } from './delegate-options.ts'
import type { ResolvedSlug } from './parse-slug.ts'

/**
 * The extra headers of each model of a chain. Many providers take their secret in the same header, so a secret that was
 * given for the whole call belongs to one provider: the first in the chain that needs it, where each takes the first of
 * its headers that is there. `fallback.extraHeaders` gives the others theirs.
 */
export function assignSecrets(chain: readonly ResolvedSlug[], options: DelegateCallOptions): Record<string, string>[] {
  const { extraHeaders = {}, fallback } = options
  const free = new Set(
    Object.keys(extraHeaders)
      .map((name) => name.toLowerCase())
      .filter((name) => credentialHeaders.has(name) && !isGatewayHeader(name)),
  )
  const owned = new Map<string, string[]>()
  for (const { slug, info } of chain) {
    const { gatewayProviderId, authHeaders } = info
    if (owned.has(gatewayProviderId)) continue
    const names = authHeaders.map((name) => name.toLowerCase())
    const hasOwn = fallback?.extraHeaders?.[slug] !== undefined
    const taken = hasOwn ? undefined : names.find((name) => free.has(name))
    if (taken !== undefined) free.delete(taken)
    owned.set(gatewayProviderId, taken === undefined ? [] : [taken])
  }
  return chain.map(({ slug, info }) => ({
    ...keepOwnSecrets(extraHeaders, owned.get(info.gatewayProviderId) ?? []),
    ...keepOwnSecrets(fallback?.extraHeaders?.[slug] ?? {}, info.authHeaders),
  }))
}
