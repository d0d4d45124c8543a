import { GatewayError, headerNames } from '@gw/headers'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { numberEvents } from '../runs/number-events.ts'
import { authorize } from '../steps/authorize.ts'

/**
 * `GET …/run/{id}/resume?from={events}`: the rest of a run. `Last-Event-ID` does what `from` does; with `ids=true` the
 * events carry ids for it.
 * @throws GatewayError `unauthenticated`, `invalid_request`, and `internal` for a malformed id, as Cloudflare answers it
 */
export async function resumeRun(c: Context, deps: Deps): Promise<Response> {
  const http = c.req.raw
  const url = new URL(http.url)
  const { gateway: gatewayId = '', run: id = '' } = c.req.param()
  const caller = await authorize(http, gatewayId, deps)
  if (!/^[\da-f]{64}$/.test(id)) throw new GatewayError('internal', 'Malformed run id: it has 64 hex digits.')
  const from = readFrom(http.headers.get('last-event-id') ?? url.searchParams.get('from') ?? '0')
  const events = await deps.runs?.resume({ id, orgId: caller.orgId, gatewayId }, from)
  if (!events) return c.json({ error: 'Request not found' }, 404)
  const body = url.searchParams.get('ids') === 'true' ? numberEvents(events, from) : events
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', [headerNames.runId]: id },
  })
}

function readFrom(text: string): number {
  const from = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(from)) return from
  throw new GatewayError('invalid_request', '`from` must be the number of events that you have, 0 or more.', {
    detail: { param: 'from' },
  })
}
