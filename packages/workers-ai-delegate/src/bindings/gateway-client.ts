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

/** How to reach one gateway. */
export interface GatewayRoutes {
  send(path: string, init: RequestInit): Promise<Response>
  /** Where universal requests go. */
  universal: string
  /** Where log rows are. */
  logs: string
  getUrl(provider: string): Promise<string>
}

/** A client of one gateway, over the runtime's own paths or over Cloudflare's REST API. */
export function createGatewayClient({ send, universal, logs, getUrl }: GatewayRoutes): AiGatewayClient {
  return {
    getUrl: (provider = 'universal') => getUrl(provider),

    run: (entries, { gateway = {}, extraHeaders = {}, signal } = {}) => {
      const { id: _, ...options } = gateway
      const headers = new Headers({ 'content-type': 'application/json', ...buildHeaders(options) })
      for (const [name, value] of Object.entries(extraHeaders)) headers.set(name, value)
      const body = stringifyJson((Array.isArray(entries) ? entries : [entries]).map(withTextHeaders))
      return send(universal, { method: 'POST', headers, body, ...(signal && { signal }) })
    },

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

/** The `result` of an answer of the management API. */
export async function readResult(response: Response): Promise<JsonObject> {
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
  const headers = Object.entries(entry['headers']).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? stringifyJson(value) : String(value),
  ])
  return { ...entry, headers: Object.fromEntries(headers) }
}
