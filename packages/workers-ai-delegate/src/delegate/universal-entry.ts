import { buildHeaders } from '@gw/headers'
import { entryHeaders } from '@gw/headers/entry-headers'
import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import { dispatch, type DelegateCall } from './delegate-call.ts'
import { gatewayKeyIn, toEntryControls } from './gateway-controls.ts'
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
  const { info, slug } = target
  const own = entryHeaders(request.headers, {
    ownAuth: info.authHeaders,
    keepAuth: call.options.byok === true,
    extra: headers,
  })
  const query = readJsonBody(request) ?? {}
  return {
    provider: info.unified ? 'compat' : info.gatewayProviderId,
    endpoint: toEndpoint(info, request.url),
    headers: { ...own, ...toEntryControls(call.gateway, call.options) },
    query: info.unified ? { ...query, model: slug } : query,
  }
}

/** Sends entries as one universal request; the gateway answers with the first that succeeds, in a run where streams are to be resumed. */
export function sendEntries(
  call: DelegateCall,
  entries: readonly UniversalEntry[],
  signal: AbortSignal | undefined,
): Promise<Response> {
  const gateway = call.binding.gateway?.(call.gateway.id)
  if (!gateway)
    throw new GatewayDelegateError('config', 'The binding has no gateway(): only runs are possible with it.')
  const extraHeaders = gatewayKeyIn(call.options.extraHeaders)
  const options = { ...(signal && { signal }), ...(Object.keys(extraHeaders).length > 0 && { extraHeaders }) }
  const stream = entries.some(isStream)
  const sent = stream && call.selection.resumeEnabled ? entries.map(asRun) : entries
  return dispatch(call, { stream, signal, send: () => gateway.run(sent, options) })
}

function asRun(entry: UniversalEntry): UniversalEntry {
  return { ...entry, headers: { ...entry.headers, ...buildHeaders({ resumable: true }) } }
}

function isStream({ endpoint, query }: Pick<UniversalEntry, 'endpoint' | 'query'>): boolean {
  if (endpoint.includes(':streamGenerateContent')) return true
  return typeof query === 'object' && query !== null && 'stream' in query && query.stream === true
}
