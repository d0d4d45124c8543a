import { buildHeaders } from '@gw/headers'
import type { AiBinding, GatewayOptions } from '../ai-binding.ts'
import { fromBase64 } from '../workers-ai/run/base64.ts'
import { isObject } from '../workers-ai/run/json.ts'
import { AiInternalError } from './binding-errors.ts'
import { globalFetch, resolveSecret, type FetchLike, type Secret } from './fetch-like.ts'
import { sendUniversal } from './gateway-client.ts'
import { readRestAnswer } from './read-rest-answer.ts'
import { stringifyJson } from './stringify-json.ts'
import { findBinaryInput, type RunCall } from './to-run-request.ts'

/** Credentials of Cloudflare's REST API. */
export interface RestSettings {
  accountId: string
  apiKey: Secret
  /** Default: the global `fetch`. */
  fetch?: FetchLike | undefined
}

const api = 'https://api.cloudflare.com/client/v4/accounts'
const gateways = 'https://gateway.ai.cloudflare.com/v1'
const workersAIPath = /^https:\/\/[^/]+\/v1\/[^/]+\/[^/]+\/workers-ai\//

/**
 * Cloudflare's REST API in the shape of `env.AI`. Every gateway option becomes its header. Runs cannot be resumed: the
 * API has no way to ask for them.
 */
export function createRestBinding({ accountId, apiKey, fetch = globalFetch }: RestSettings): AiBinding {
  const account = encodeURIComponent(accountId)

  /**
   * A gateway takes the token as its own; `Authorization` there is for the provider behind it, so it is set for Workers
   * AI alone.
   */
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const token = await resolveSecret(apiKey)
    const toGateway = url.startsWith(gateways)
    const headers = new Headers(toGateway ? buildHeaders({ authorization: token }) : {})
    if (token && (!toGateway || workersAIPath.test(url))) headers.set('authorization', `Bearer ${token}`)
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    return fetch(url, { ...init, headers })
  }

  return {
    run: async (model, inputs, options = {}) => {
      const { url, init } = toRequest(account, { model, inputs, options })
      const response = await send(url, init)
      if (options.returnRawResponse || options['websocket'] === true) return response
      return readRestAnswer(response)
    },
    gateway: (id) => {
      const url = `${gateways}/${account}/${encodeURIComponent(id)}`
      return { run: (entries, options) => sendUniversal((init) => send(url, init), entries, options) }
    },
    native: ({ gatewayId, provider, path, init }) => {
      const gateway = `${gateways}/${account}/${encodeURIComponent(gatewayId)}`
      return send(`${gateway}/${encodeURIComponent(provider)}/${path}`, init)
    },
  }
}

interface RestRequest {
  url: string
  init: RequestInit
}

function toRequest(account: string, call: RunCall): RestRequest {
  const { gateway, prefix: _, extraHeaders, returnRawResponse: __, websocket: ___, signal, ...rest } = call.options
  const headers = new Headers(extraHeaders)
  const init = { method: 'POST', headers, ...(signal && { signal }) }
  const target = call.model.startsWith('@') || !call.model.includes('/') || call.model.startsWith('run/')
  return target
    ? toWorkersAI(account, { ...call, options: rest }, { gateway, init })
    : toCatalog(account, { ...call, options: rest }, { gateway, init })
}

interface RestOptions {
  gateway: GatewayOptions | undefined
  init: RequestInit & { headers: Headers }
}

/** @see https://developers.cloudflare.com/workers-ai/get-started/rest-api/ */
function toWorkersAI(
  account: string,
  { model, inputs, options }: RunCall,
  { gateway, init }: RestOptions,
): RestRequest {
  const path = model.startsWith('run/') ? model : `run/${model}`
  const base = gateway ? `${gateways}/${account}/${encodeURIComponent(gateway.id)}/workers-ai` : `${api}/${account}/ai`
  setHeaders(init.headers, gateway)

  const binary = findBinaryInput(withBytes(inputs))
  const [key, { body, contentType }] = binary ?? [undefined, { body: stringifyJson(inputs), contentType: jsonType }]
  const others = binary ? Object.entries(inputs).filter(([name]) => name !== key) : []
  const query = toQuery([...Object.entries(options), ...others])
  if (contentType !== undefined && !(body instanceof FormData)) init.headers.set('content-type', contentType)
  return { url: `${base}/${path}${query}`, init: { ...init, body, duplex: 'half' } }
}

/** The API takes a file as it is, where the binding takes base64 with its type beside it. Throws `AiInternalError` for other text. */
function withBytes(inputs: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(inputs).map(([key, value]): [string, unknown] => {
    if (!isObject(value) || typeof value['body'] !== 'string' || typeof value['contentType'] !== 'string')
      return [key, value]
    return [key, { ...value, body: bytesOf(key, value['body']) }]
  })
  return Object.fromEntries(fields)
}

function bytesOf(key: string, text: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch (cause) {
    throw new AiInternalError(`The body of "${key}" is no base64. Pass base64, bytes or a stream.`, { cause })
  }
}

/**
 * Models of other vendors: chats on the endpoint in whose format the caller's plug-in speaks, dynamic routes on the
 * gateway's own, everything else as a run.
 * @see https://developers.cloudflare.com/ai-gateway/usage/rest-api/
 */
function toCatalog(account: string, { model, inputs, options }: RunCall, { gateway, init }: RestOptions): RestRequest {
  const { headers } = init
  headers.set('content-type', jsonType)
  if (model.startsWith('dynamic/')) {
    setHeaders(headers, gateway)
    const url = `${gateways}/${account}/${encodeURIComponent(gateway?.id ?? 'default')}/compat/chat/completions`
    return { url, init: { ...init, body: stringifyJson({ ...inputs, model }) } }
  }
  setHeaders(headers, gateway, gateway?.id)
  // The account's token stands there, so that a vendor's secret can neither replace it nor come along.
  headers.delete('authorization')
  if (!('messages' in inputs)) {
    const body = stringifyJson({ model, input: inputs, ...(Object.keys(options).length > 0 && { options }) })
    return { url: `${api}/${account}/ai/run`, init: { ...init, body } }
  }
  const endpoint = model.startsWith('anthropic/') ? 'messages' : 'chat/completions'
  return { url: `${api}/${account}/ai/v1/${endpoint}`, init: { ...init, body: stringifyJson({ ...inputs, model }) } }
}

const jsonType = 'application/json'

function setHeaders(headers: Headers, gateway: GatewayOptions | undefined, gatewayId?: string): void {
  const { id: _, ...options } = gateway ?? { id: '' }
  const built = buildHeaders({ ...options, ...(gatewayId !== undefined && { gatewayId }) })
  for (const [name, value] of Object.entries(built)) if (!headers.has(name)) headers.set(name, value)
}

function toQuery(entries: [string, unknown][]): string {
  const query = new URLSearchParams()
  for (const [name, value] of entries) {
    if (value === undefined || value === null) continue
    query.set(name, typeof value === 'object' ? stringifyJson(value) : String(value))
  }
  return query.size > 0 ? `?${query}` : ''
}
