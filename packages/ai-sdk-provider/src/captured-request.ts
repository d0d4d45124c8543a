import type { FetchFunction } from './settings.ts'

/** The request that a model wanted to send to its provider. */
export interface CapturedRequest {
  url: string
  method: string
  /** Names in lower case. */
  headers: [string, string][]
  body: RequestInit['body'] | null
  signal: AbortSignal | undefined
  redirect: RequestInit['redirect']
}

/** The arguments of a `fetch` as a request. */
export function toCapturedRequest(...[input, init]: Parameters<FetchFunction>): CapturedRequest {
  const request = typeof input === 'object' && 'method' in input ? input : undefined
  return {
    url: typeof input === 'object' && 'url' in input ? input.url : String(input),
    method: (init?.method ?? request?.method ?? 'GET').toUpperCase(),
    headers: [...new Headers(init?.headers ?? request?.headers)],
    body: init?.body ?? request?.body ?? null,
    signal: init?.signal ?? undefined,
    redirect: init?.redirect ?? 'follow',
  }
}

/** The JSON text of a request that a universal entry can carry; `undefined` for uploads, downloads and polling. */
export function jsonTextOf({ method, body }: CapturedRequest): string | undefined {
  return method === 'POST' && typeof body === 'string' && /^\s*\{/.test(body) ? body : undefined
}
