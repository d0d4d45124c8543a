import { isObject, parseJson, type JsonObject } from '../workers-ai/run/json.ts'

/** What a provider's `fetch` was called with. */
export interface ProviderRequest {
  url: string
  method: string
  headers: Headers
  body: RequestInit['body']
  signal: AbortSignal | undefined
}

/** A `fetch` that hands each request over instead of sending it. */
export function createFetch(handle: (request: ProviderRequest) => Promise<Response>): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const given = input instanceof Request ? input : undefined
    return handle({
      url: given?.url ?? String(input),
      method: (init.method ?? given?.method ?? 'GET').toUpperCase(),
      headers: new Headers(init.headers ?? given?.headers),
      body: init.body ?? (given?.body ? await given.clone().arrayBuffer() : null),
      signal: init.signal ?? given?.signal,
    })
  }
}

/** The body where it is a JSON object; `undefined` for forms, streams, audio and empty bodies. */
export function readJsonBody({ body }: ProviderRequest): JsonObject | undefined {
  const isBytes = body instanceof ArrayBuffer || ArrayBuffer.isView(body)
  const text = isBytes ? new TextDecoder().decode(body) : body
  const parsed = typeof text === 'string' ? parseJson(text) : undefined
  return isObject(parsed) ? parsed : undefined
}
