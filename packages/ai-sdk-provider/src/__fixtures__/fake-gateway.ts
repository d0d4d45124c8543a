import { isObject } from '../is-object.ts'
import type { FetchFunction } from '../settings.ts'
import { answerTo } from './answers.ts'

/** One entry of a universal request as it arrived. */
export interface SentEntry {
  provider: string
  endpoint: string
  headers: Record<string, string>
  query: Record<string, unknown>
}

/** One request as it arrived at the gateway. */
export interface Sent {
  url: string
  method: string
  headers: Record<string, string>
  /** The entries of a universal request. */
  entries: SentEntry[]
  /** Anything else: text, form or bytes. */
  body: unknown
  signal: AbortSignal | undefined
  redirect: RequestInit['redirect']
}

/** What answers: the request and the index of the entry that is tried. */
export type Answerer = (sent: Sent, step: number) => Response | Promise<Response> | undefined

/** A gateway that keeps what it gets. Without an answer of the test's own, it plays the provider of the first entry. */
export function createFakeGateway(answer: Answerer = () => undefined) {
  const sent: Sent[] = []
  const respond = async (request: Sent): Promise<Response> => {
    sent.push(request)
    request.signal?.throwIfAborted()
    if (request.entries.length === 0) return (await answer(request, 0)) ?? answerTo({ ...nativeOf(request), query: {} })
    let last = new Response(null, { status: 500 })
    for (const [step, entry] of request.entries.entries()) {
      const response = (await answer(request, step)) ?? answerTo(entry)
      last = withStep(response, step)
      if (last.ok) break
    }
    return last
  }
  const fetch: FetchFunction = (input, init) => respond(toSent(String(input), init))
  const binding = {
    run: (data: unknown, options?: { signal?: AbortSignal }) =>
      respond({ ...toSent('binding', {}), entries: toEntries(data), signal: options?.signal }),
  }
  return { sent, fetch, binding, entries: () => sent.flatMap(({ entries }) => entries) }
}

function toSent(url: string, init: RequestInit = {}): Sent {
  const { body } = init
  const json = typeof body === 'string' ? toEntries(parse(body)) : []
  return {
    url,
    method: init.method ?? 'GET',
    headers: Object.fromEntries(new Headers(init.headers)),
    entries: json,
    body,
    signal: init.signal ?? undefined,
    redirect: init.redirect,
  }
}

function parse(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return value
}

function toEntries(data: unknown): SentEntry[] {
  if (!Array.isArray(data)) return []
  return data.filter(isObject).map((entry) => ({
    provider: String(entry['provider']),
    endpoint: String(entry['endpoint']),
    headers: Object.fromEntries(
      Object.entries(isObject(entry['headers']) ? entry['headers'] : {}).map(([name, value]) => [name, String(value)]),
    ),
    query: isObject(entry['query']) ? entry['query'] : {},
  }))
}

/** `https://gateway/v1/account/gateway/provider/…` */
function nativeOf({ url }: Sent): { provider: string; endpoint: string } {
  const [provider = '', ...rest] = new URL(url).pathname.split('/').slice(4)
  return { provider, endpoint: rest.join('/') }
}

function withStep(response: Response, step: number): Response {
  if (response.headers.has('cf-aig-step')) return response
  const headers = new Headers(response.headers)
  headers.set('cf-aig-step', String(step))
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
