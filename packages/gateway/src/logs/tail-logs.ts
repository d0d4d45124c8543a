import type { Deps } from '../deps.ts'
import type { LogRecord } from './log-record.ts'
import type { LogQuery } from './log-store.ts'

/** How often is looked, ms. */
const lookEveryMs = 1500
/** After so many looks the client connects anew: an invocation has a bounded number of them. */
const mostLooks = 40
/** Long requests arrive late: rows that began so long ago can still be new, ms. */
const lateMs = 600_000
const mostRows = 200

export interface TailOptions {
  signal: AbortSignal
  /** Id of the last row that the client has. */
  after: string | undefined
  deps: Pick<Deps, 'logs' | 'sleep' | 'now'>
}

/** Rows as they arrive, as server-sent events, until the client leaves or has to connect anew. */
export function tailLogs(query: Omit<LogQuery, 'limit'>, { signal, after, deps }: TailOptions): Response {
  const { logs, sleep, now } = deps
  const encoder = new TextEncoder()
  const seen = new Set<string>()
  let looks = 0
  const look = async (): Promise<LogRecord[]> => {
    const { data } = await logs.list({ ...query, from: now() - lateMs, limit: mostRows })
    const fresh = data.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    looks += 1
    if (looks > 1) return fresh.toReversed()
    return after === undefined ? [] : fresh.filter(({ id }) => id > after).toReversed()
  }
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (looks > 0) await sleep(lookEveryMs)
      if (signal.aborted) return controller.close()
      const rows = await look()
      const text = rows.map((row) => `id: ${row.id}\ndata: ${JSON.stringify(row)}\n\n`).join('')
      controller.enqueue(encoder.encode(text === '' ? ': nothing new\n\n' : text))
      if (looks >= mostLooks) controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
