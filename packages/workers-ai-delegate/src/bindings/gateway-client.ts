import { buildHeaders, type Metadata } from '@gw/headers'
import type { AiGatewayBinding, GatewayOptions } from '../ai-binding.ts'
import { isObject, stringOf, type JsonObject } from '../workers-ai/run/json.ts'
import { AiGatewayInternalError, readGatewayApiError } from './binding-errors.ts'
import { stringifyJson } from './stringify-json.ts'

/** A log row of the gateway; further fields as the gateway has them. */
export interface AiGatewayLog {
  id: string
  provider: string
  model: string
  created_at: Date
  [field: string]: unknown
}

/** What may be changed in a log row afterwards. */
export interface AiGatewayLogPatch {
  score?: number | null
  feedback?: -1 | 1 | null
  metadata?: Metadata | null
}

/** Options of a universal request. */
export interface UniversalOptions {
  gateway?: Partial<GatewayOptions>
  extraHeaders?: Record<string, string>
  signal?: AbortSignal
}

/** One gateway: universal requests, its address, its log. */
export interface AiGatewayClient extends AiGatewayBinding {
  /** Universal request; options of the gateway for all of its entries. */
  run(entries: unknown, options?: UniversalOptions): Promise<Response>
  /** Base URL of a provider's own API behind the gateway; without one, that of universal requests. */
  getUrl(provider?: string): Promise<string>
  /** Throws `AiGatewayLogNotFound` or `AiGatewayInternalError`. */
  getLog(logId: string): Promise<AiGatewayLog>
  /** Throws `AiGatewayLogNotFound` or `AiGatewayInternalError`. */
  patchLog(logId: string, patch: AiGatewayLogPatch): Promise<void>
}

/** Makes a request to the gateway. */
export type Send = (path: string, init: RequestInit) => Promise<Response>

/** A client of one gateway over the paths of the runtime's binding. */
export function createGatewayClient(id: string, send: Send): AiGatewayClient {
  const gateway = encodeURIComponent(id)
  const base = `/ai-gateway/gateways/${gateway}`
  const logs = `${base}/logs`
  return {
    getUrl: async (provider = 'universal') => {
      const response = await send(`${base}/url/${encodeURIComponent(provider)}`, { method: 'GET' })
      if (!response.ok) throw await readGatewayApiError(response, `Address of ${provider}`)
      return stringOf((await readResult(response))['url']) ?? ''
    },

    run: (entries, options) =>
      sendUniversal((init) => send(`/ai-gateway/universal/run/${gateway}`, init), entries, options),

    getLog: async (logId) => {
      const response = await send(`${logs}/${encodeURIComponent(logId)}`, { method: 'GET' })
      if (!response.ok) throw await readGatewayApiError(response, `Log ${logId}`)
      return toLog(await readResult(response))
    },

    patchLog: async (logId, patch) => {
      const headers = { 'content-type': 'application/json' }
      const init = { method: 'PATCH', headers, body: stringifyJson(patch) }
      const response = await send(`${logs}/${encodeURIComponent(logId)}`, init)
      if (!response.ok) throw await readGatewayApiError(response, `Log ${logId}`)
      response.body?.cancel().catch(() => undefined)
    },
  }
}

/** Sends entries as one universal request, with what is asked of the gateway for all of them in its headers. */
export async function sendUniversal(
  send: (init: RequestInit) => Promise<Response>,
  entries: unknown,
  { gateway = {}, extraHeaders = {}, signal }: UniversalOptions = {},
): Promise<Response> {
  const { id: _, ...options } = gateway
  const headers = new Headers({ 'content-type': 'application/json', ...buildHeaders(options) })
  for (const [name, value] of Object.entries(extraHeaders)) headers.set(name, value)
  const body = stringifyJson((Array.isArray(entries) ? entries : [entries]).map(withTextHeaders))
  return send({ method: 'POST', headers, body, ...(signal && { signal }) })
}

async function readResult(response: Response): Promise<JsonObject> {
  const body: unknown = await response.json()
  if (isObject(body) && isObject(body['result'])) return body['result']
  throw new AiGatewayInternalError('The gateway answered without a result.')
}

function toLog(row: JsonObject): AiGatewayLog {
  const [id = '', provider = '', model = ''] = [row['id'], row['provider'], row['model']].map(stringOf)
  return { ...row, id, provider, model, created_at: new Date(stringOf(row['created_at']) ?? Number(row['created_at'])) }
}

/** Header values of an entry as text; what the caller gave stays as it is. */
function withTextHeaders(entry: unknown): unknown {
  if (!isObject(entry) || !isObject(entry['headers'])) return entry
  const headers = Object.entries(entry['headers']).flatMap(([name, value]) => {
    if (value === undefined || value === null) return []
    return [[name, typeof value === 'object' ? stringifyJson(value) : String(value)]]
  })
  return { ...entry, headers: Object.fromEntries(headers) }
}
