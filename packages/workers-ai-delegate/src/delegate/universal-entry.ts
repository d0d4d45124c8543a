import { buildHeaders } from '@gw/headers'
import { entryHeaders } from '@gw/headers/entry-headers'
import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import { dispatch, type DelegateCall } from './delegate-call.ts'
import { toEntryControls } from './gateway-controls.ts'
import { toEndpoint } from './gateway-providers.ts'
import type { ResolvedSlug } from './parse-slug.ts'
import { readJsonBody, type ProviderRequest } from './provider-request.ts'

/** One model of a universal request. */
export interface UniversalEntry {
  provider: string
  endpoint: string
  headers: Record<string, string>
  query: unknown
}

/** A model, and the extra headers that are meant for it. */
export interface Leg {
  target: ResolvedSlug
  headers: Record<string, string>
}

/** A provider's own request as an entry, with what the call asks of the gateway. */
export function toEntry(call: DelegateCall, { target, headers }: Leg, request: ProviderRequest): UniversalEntry {
  const { info } = target
  const own = entryHeaders(request.headers, {
    ownAuth: info.authHeaders,
    keepAuth: call.options.byok === true,
    extra: headers,
  })
  const entry = {
    provider: info.gatewayProviderId,
    endpoint: toEndpoint(info, request.url),
    headers: { ...own, ...toEntryControls(call.gateway, call.options) },
    query: readJsonBody(request) ?? {},
  }
  if (!call.selection.resumeEnabled || !isStream(entry)) return entry
  return { ...entry, headers: { ...entry.headers, ...buildHeaders({ resumable: true }) } }
}

/** Sends entries as one universal request; the gateway answers with the first that succeeds. */
export function sendEntries(
  call: DelegateCall,
  entries: readonly UniversalEntry[],
  signal: AbortSignal | undefined,
): Promise<Response> {
  const gateway = call.binding.gateway?.(call.gateway.id)
  if (!gateway)
    throw new GatewayDelegateError('config', 'The binding has no gateway(): only runs are possible with it.')
  // The gateway's own key is no header of a provider's request.
  const key = Object.entries(call.options.extraHeaders ?? {}).filter(([name]) => /^cf-aig-authorization$/i.test(name))
  const options = { ...(signal && { signal }), ...(key.length > 0 && { extraHeaders: Object.fromEntries(key) }) }
  return dispatch(call, { stream: entries.some(isStream), signal, send: () => gateway.run(entries, options) })
}

function isStream({ endpoint, query }: Pick<UniversalEntry, 'endpoint' | 'query'>): boolean {
  if (endpoint.includes(':streamGenerateContent')) return true
  return typeof query === 'object' && query !== null && 'stream' in query && query.stream === true
}
