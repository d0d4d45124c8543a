import { answerChat } from './answer-chat.ts'
import { answerTask } from './answer-task.ts'
import { sleep } from './byte-stream.ts'
import { formatOfPath } from './formats/formats.ts'
import { otherRoute } from './other-routes.ts'
import type { RequestRecord } from './request-log.ts'
import { createState } from './state.ts'
import type { SimulatorOptions } from './state.ts'
import { createStaticAnswers } from './static-answers.ts'
import type { StaticAnswer } from './static-answers.ts'
import { taskOfPath } from './tasks/tasks.ts'
import { readVisit } from './visit.ts'
import type { Visit } from './visit.ts'

/** A vendor for every wire format behind one `fetch`. */
export interface Simulator {
  /** Answers `/{provider}/{the vendor's own path}`. Rejects, as a network error would, for the `refuse` fault. */
  fetch(request: Request): Promise<Response>
  /** What arrived, oldest first, bounded. */
  readonly requests: readonly RequestRecord[]
  /** Forgets requests, responses, prompt caches and the counts of `times:K:…`. */
  reset(): void
}

/**
 * Plays AI vendors over their own wire formats, deterministically and with faults on demand.
 *
 * @example
 * const simulator = createSimulator()
 * const response = await simulator.fetch(new Request('http://sim/sim/v1/chat/completions', {
 *   method: 'POST',
 *   headers: { 'content-type': 'application/json' },
 *   body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] }),
 * }))
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const state = createState(options)
  const statics = createStaticAnswers()
  const reset = (): void => {
    state.log.clear()
    state.cache.clear()
    state.memory.clear()
    state.faults.clear()
  }

  return {
    requests: state.log.records,
    reset,
    async fetch(request) {
      const visit = await readVisit(request)
      const ready = statics.find(visit.path, visit.text, visit.search.get('alt') ?? '')
      if (ready) return toResponse(ready)
      if (visit.provider === '__requests') return inspect(request, state.log.records, reset)
      const format = formatOfPath(visit.path)
      const task = format ? undefined : taskOfPath(visit.path)
      const record = state.log.add(toRecord(visit, (format ?? task)?.id ?? 'other', state.now()))
      if (format) return answerChat(visit, format, { state, record })
      if (task) return answerTask(visit, task, { state, record })
      const response = otherRoute(visit, state)
      Object.assign(record, { status: response.status, ending: 'complete' })
      return response
    },
  }
}

function inspect(request: Request, records: readonly RequestRecord[], reset: () => void): Response {
  if (request.method !== 'DELETE') return Response.json(records)
  reset()
  return new Response(null, { status: 204 })
}

function toRecord(
  { request, provider, path, search, bytes, text }: Visit,
  format: string,
  atMs: number,
): Omit<RequestRecord, 'id'> {
  const query = search.toString()
  return {
    atMs,
    provider,
    format,
    method: request.method,
    path,
    search: query === '' ? '' : `?${query}`,
    headers: Object.fromEntries(request.headers),
    body: text === '' ? undefined : text,
    bodyBytes: bytes.length,
    model: '',
    faults: [],
    status: 0,
    ending: 'open',
    aborted: false,
  }
}

function toResponse({ headers, chunks, paceMs }: StaticAnswer): Response {
  const [only] = chunks
  if (chunks.length === 1 && only) return new Response(only, { headers })
  let next = 0
  const stop = new AbortController()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next > 0 && paceMs > 0) await sleep(paceMs, stop.signal)
        const chunk = chunks[next++]
        if (chunk) controller.enqueue(chunk)
        else if (!stop.signal.aborted) controller.close()
      },
      cancel: () => stop.abort(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}
