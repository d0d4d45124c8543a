import { buildHeaders, isGatewayHeader, isPlaceholderSecret } from '@gw/headers'
import { credentialHeaders } from '@gw/headers/entry-headers'
import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import type { GatewayOptions } from '../ai-binding.ts'
import type { DelegateCallOptions } from './delegate-options.ts'

/** The headers of a provider that nobody knows: it may take its secret in any. */
export const anyAuthHeaders: string[] = /* @__PURE__ */ [...credentialHeaders].filter((name) => !isGatewayHeader(name))

/** The gateway of a call. Throws a `GatewayDelegateError` of kind `config` where there is none. */
export function toGateway(gateway: GatewayOptions | string | undefined): GatewayOptions {
  const options = typeof gateway === 'string' ? { id: gateway } : gateway
  if (options?.id) return options
  throw new GatewayDelegateError(
    'config',
    'A gateway is required: pass gateway: "<gateway id>" to the provider or the call.',
  )
}

/** The gateway's options with those of the call on top; entries of `metadata` are merged. */
export function mergeGatewayOptions(gateway: GatewayOptions, options: DelegateCallOptions): GatewayOptions {
  const { cacheTtl, skipCache, collectLog } = options
  const metadata = { ...gateway.metadata, ...options.metadata }
  return {
    ...gateway,
    ...(cacheTtl !== undefined && { cacheTtl }),
    ...(skipCache !== undefined && { skipCache }),
    ...(collectLog !== undefined && { collectLog }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  }
}

/** What the runtime's gateway options have no field for, as headers. */
export function toRunHeaders({ byokAlias, zdr }: DelegateCallOptions): Record<string, string> {
  return buildHeaders({ ...(byokAlias !== undefined && { byokAlias }), ...(zdr !== undefined && { zdr }) })
}

/** Everything that the call asks of the gateway, as headers of an entry. Throws `invalid_header` past a limit. */
export function toEntryControls(gateway: GatewayOptions, options: DelegateCallOptions): Record<string, string> {
  const { id: _, skipCache, ...merged } = mergeGatewayOptions(gateway, options)
  return { ...buildHeaders({ ...merged, ...(skipCache && { skipCache }) }), ...toRunHeaders(options) }
}

/** The gateway's own key among extra headers, which goes to it and to no provider. */
export function gatewayKeyIn(extraHeaders: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(extraHeaders).filter(([name]) => /^cf-aig-authorization$/i.test(name)))
}

/** Extra headers without secrets that are not the provider's and without placeholders; names in lower case. */
export function keepOwnSecrets(headers: Record<string, string>, ownAuth: readonly string[]): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const kept = entries.filter(([name, value]) => {
    if (!credentialHeaders.has(name) || isGatewayHeader(name)) return true
    return ownAuth.includes(name) && !isPlaceholderSecret(value)
  })
  return Object.fromEntries(kept)
}
