import { buildHeaders } from '@gw/headers'
import type { AiBinding, NativeRequest } from '../ai-binding.ts'
import { isObject, objectsOf } from '../workers-ai/run/json.ts'
import { AiInternalError, InferenceUpstreamError, readGatewayApiError } from './binding-errors.ts'
import { globalFetch, resolveSecret, type FetchLike, type Secret } from './fetch-like.ts'
import { createGatewayClient, type AiGatewayClient } from './gateway-client.ts'
import { readRunAnswer } from './read-run-answer.ts'
import { toRunRequest } from './to-run-request.ts'

/** Where the gateway is and how to talk to it. */
export interface AiBindingSettings {
  /** Address of the gateway, `https://gateway.example.com`. May be left out with a `service`. */
  baseURL?: string
  /** Gateway key, or a function that gives one for each request. */
  token?: Secret | undefined
  /** Default: the global `fetch`. */
  fetch?: FetchLike | undefined
  /** A service binding to the gateway's Worker, in place of `fetch`. */
  service?: { fetch: FetchLike } | undefined
  /** Account that provider-native requests name. Default: `default`. */
  accountId?: string
}

/** `env.AI`, with the gateway's own abilities. */
export interface AiClient extends AiBinding {
  gateway(gatewayId: string): AiGatewayClient
  /** The models of the catalogue that match. Throws `AiInternalError`. */
  models(params?: Record<string, string | number | boolean>): Promise<Record<string, unknown>[]>
  /** A request to the gateway: a path, or a URL below `https://workers-binding.ai` or the gateway's own address. */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>
  native(request: NativeRequest): Promise<Response>
  readonly capabilities: readonly ['resume']
  /** `cf-ai-req-id` of the last run. */
  readonly lastRequestId: string | null
  /** `cf-aig-log-id` of the last run. */
  readonly aiGatewayLogId: string | null
  readonly lastRequestHttpStatusCode: number | null
  readonly lastRequestInternalStatusCode: number | null
}

/** Host of the runtime's own binding; code that resumes runs names it. */
const runtimeOrigin = 'https://workers-binding.ai'

/**
 * A client of a gateway in the shape of `env.AI`: code written for the runtime's binding runs against it unchanged.
 *
 * Throws a `TypeError` without an address. Runs fail with `InferenceUpstreamError`, as the runtime's do.
 *
 * @example
 * const AI = createAiBinding({ baseURL: 'https://gateway.example.com', token: process.env.GATEWAY_KEY })
 * const { response } = await AI.run('@cf/meta/llama-3.1-8b-instruct', { prompt: 'Hello' })
 */
export function createAiBinding(settings: AiBindingSettings): AiClient {
  const send = createSender(settings)
  const account = encodeURIComponent(settings.accountId ?? 'default')
  const client: { -readonly [K in keyof AiClient]: AiClient[K] } = {
    run: async (model, inputs, options = {}) => {
      const { path, init } = toRunRequest({ model, inputs, options })
      const response = await send(path, init)
      client.lastRequestId = response.headers.get('cf-ai-req-id')
      client.aiGatewayLogId = response.headers.get('cf-aig-log-id')
      client.lastRequestHttpStatusCode = response.status
      if (options.returnRawResponse || options['websocket'] === true) return response
      return readRunAnswer(response).catch((error: unknown) => {
        if (error instanceof InferenceUpstreamError) client.lastRequestInternalStatusCode = error.internalCode ?? null
        throw error
      })
    },
    gateway: (id) => createGatewayClient(id, send),
    models: async (params = {}) => {
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(params)) query.set(name, String(value))
      const response = await send(`/ai-api/models/search?${query}`, { method: 'GET' })
      if (!response.ok) throw new AiInternalError((await readGatewayApiError(response, 'Models')).message)
      const body: unknown = await response.json()
      return isObject(body) ? objectsOf(body['result']) : []
    },
    fetch: (input, init) => send(input, init ?? {}),
    native: ({ gatewayId, provider, path, init }) =>
      send(`/v1/${account}/${encodeURIComponent(gatewayId)}/${encodeURIComponent(provider)}/${path}`, init),
    capabilities: ['resume'],
    lastRequestId: null,
    aiGatewayLogId: null,
    lastRequestHttpStatusCode: null,
    lastRequestInternalStatusCode: null,
  }
  return client
}

type Sender = (input: string | URL, init: RequestInit) => Promise<Response>

/** Sends to the gateway only, so that its key can go nowhere else. */
function createSender({ baseURL, token, fetch, service }: AiBindingSettings): Sender {
  if (!baseURL && !service) {
    throw new TypeError("createAiBinding needs the gateway's address: { baseURL: 'https://gateway.example.com' }.")
  }
  const base = (baseURL ?? runtimeOrigin).replace(/\/+$/, '')
  const request: FetchLike = service ? (url, init) => service.fetch(url, init) : (fetch ?? globalFetch)

  return async (input, init) => {
    const headers = new Headers(buildHeaders({ authorization: await resolveSecret(token) }))
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    return request(base + pathOf(String(input), base), { ...init, headers })
  }
}

function pathOf(input: string, base: string): string {
  for (const origin of [runtimeOrigin, base]) {
    if (input === origin) return '/'
    if (input.startsWith(`${origin}/`)) return input.slice(origin.length)
  }
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(input)) {
    throw new AiInternalError('The binding reaches its own gateway only: pass a path, or use the global fetch.')
  }
  return input.startsWith('/') ? input : `/${input}`
}
