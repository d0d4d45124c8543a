import { GatewayDelegateError } from './gateway-delegate-error.ts'
import { createConnector } from './resumable-stream-connector.ts'
import { createEventSplitter, isEndMark, isWhole } from './resumable-stream-events.ts'
import type { ResumableStreamOptions } from './resumable-stream.ts'

/** The events of a run, over as many connections as they take. */
export interface RunReader {
  /** Events read, from the start of the run. */
  readonly count: number
  /** The next bytes, up to the end of an event; `undefined` at the end. Throws `GatewayDelegateError`. */
  next(): Promise<Uint8Array | undefined>
  /** Lets go of the connection. */
  cancel(): void
}

/**
 * Reads a run and picks it up again where it breaks off.
 *
 * A connection that fails is a break. One that closes is the end if the last event says so, or if the gateway, when
 * asked, has nothing more: connections can close politely in the middle of an answer, and not every provider ends its
 * streams with a mark.
 */
export function createRunReader(options: ResumableStreamOptions, signal: AbortSignal): RunReader {
  const events = createEventSplitter(options.fromEvent ?? 0)
  const connector = createConnector(options, signal)
  let reader = options.initial?.getReader()
  let ended = false
  let asked: { count: number; tail: Uint8Array } | undefined

  /** Goes on with another connection, or ends without one. */
  const use = (body: ReadableStream<Uint8Array> | undefined): void => {
    events.restart()
    reader = body?.getReader()
    ended = body === undefined
    if (signal.aborted) release(reader, signal.reason)
  }

  /** After a clean close: the end, with what is left for it, or another connection. */
  const close = async (): Promise<Uint8Array | undefined> => {
    const { tail, count, finished } = events
    const askedBefore = asked?.count === count && tail.length <= asked.tail.length ? asked : undefined
    const rest = askedBefore?.tail ?? tail
    if (!isWhole(rest)) {
      const cut = new GatewayDelegateError('provider', `The stream closed in the middle of event ${count}.`)
      if (askedBefore) throw cut
      asked = { count, tail }
      use(await connector.connect(count, cut))
      return undefined
    }
    if (!finished && !isEndMark(rest) && !askedBefore) {
      asked = { count, tail }
      const body = await connector.tryConnect(count)
      if (body) {
        use(body)
        return undefined
      }
    }
    ended = true
    return rest
  }

  const next = async (): Promise<Uint8Array | undefined> => {
    while (!ended && !signal.aborted) {
      if (reader === undefined) use(await connector.connect(events.count, undefined))
      if (reader === undefined || signal.aborted) return undefined
      const read = await reader.read().catch((error: unknown) => ({ error }))
      if (signal.aborted) return undefined
      if ('error' in read) {
        ended = events.finished
        if (!ended) use(await connector.connect(events.count, exhausted(options, events.count, read.error)))
        continue
      }
      const bytes = read.done ? await close() : events.push(read.value)
      if (!read.done && bytes) connector.refill()
      if (bytes?.length) return bytes
    }
    return undefined
  }

  return {
    get count() {
      return events.count
    },
    next,
    cancel: () => release(reader, signal.reason),
  }
}

function release(reader: ReadableStreamDefaultReader<Uint8Array> | undefined, reason: unknown): void {
  reader?.cancel(reason).catch(() => undefined)
}

function exhausted({ maxReconnects = 5 }: ResumableStreamOptions, count: number, error: unknown): GatewayDelegateError {
  return new GatewayDelegateError(
    'resume-expired',
    `Exceeded ${maxReconnects} reconnect attempts at event ${count}. Start the request again.`,
    error,
  )
}
