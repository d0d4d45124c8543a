import { createRunReader } from './resumable-stream-reader.ts'

export { GatewayDelegateError, type GatewayDelegateErrorKind } from './gateway-delegate-error.ts'

/** What to do when the gateway no longer has the run: fail, or end with what has arrived. */
export type ResumeExpiredPolicy = 'error' | 'accept-partial'

/** What reaches the gateway: `env.AI`, that of `createAiBinding`, or anything with such a `fetch`. */
export interface ResumeBinding {
  fetch?(url: string, init?: RequestInit): Promise<Response>
  /** Not used; the types of `env.AI` name it and no `fetch`, which the binding has. */
  run?: unknown
}

/** How a run is read to its end. */
export interface ResumableStreamOptions {
  binding: ResumeBinding
  /** Gateway that the run was started on. */
  gateway: string
  /** The answer's `cf-aig-run-id`. */
  runId: string
  /** The answer's body. Absent: re-attach, the run is fetched from `fromEvent` on. */
  initial?: ReadableStream<Uint8Array> | undefined
  /** Index of the first event that is read. Default: 0. */
  fromEvent?: number | undefined
  /** Default: `'error'`. */
  onResumeExpired?: ResumeExpiredPolicy | undefined
  /** Attempts in a row without a new event before the stream fails. Default: 5. */
  maxReconnects?: number | undefined
  /** Called before each attempt to go on after a break. */
  onReconnect?: ((fromEvent: number, attempt: number) => void) | undefined
  /** Called with the number of events of the run that the reader has, whenever it grows; keep it to re-attach. */
  onProgress?: ((eventOffset: number) => void) | undefined
  /** Ends the stream with its reason, and every request for it. */
  signal?: AbortSignal | undefined
  /** Waits between attempts; ends early with the signal. Default: `setTimeout`. */
  sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined
  /** Spreads the waits of many readers. Default: `Math.random`. */
  random?: (() => number) | undefined
}

/**
 * The bytes of a run's event stream, exactly, across any number of broken connections: whole events are handed on at
 * once, a half one is dropped with its connection and comes again with the next. Reads upstream only when it is read.
 *
 * Fails with a `GatewayDelegateError`, or with the signal's reason.
 *
 * @example
 * const body = createResumableStream({ binding: env.AI, gateway: 'my-gateway', runId, initial: response.body })
 * const later = createResumableStream({ binding: env.AI, gateway: 'my-gateway', runId, fromEvent: 42 })
 */
export function createResumableStream(options: ResumableStreamOptions): ReadableStream<Uint8Array> {
  const { signal, onProgress } = options
  const stop = new AbortController()
  const run = createRunReader(options, stop.signal)
  let reported = run.count
  let onAbort: () => void = () => undefined

  const end = (reason: unknown): void => {
    signal?.removeEventListener('abort', onAbort)
    stop.abort(reason)
    run.cancel()
  }

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      const bytes = await run.next()
      if (stop.signal.aborted) return
      if (bytes === undefined) {
        controller.close()
        end(undefined)
        return
      }
      controller.enqueue(bytes)
      if (run.count > reported) onProgress?.(run.count)
      reported = run.count
    } catch (error) {
      if (!stop.signal.aborted) controller.error(error)
      end(error)
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        onAbort = () => {
          controller.error(signal?.reason)
          end(signal?.reason)
        }
        if (signal?.aborted) onAbort()
        else signal?.addEventListener('abort', onAbort)
      },
      pull,
      cancel: end,
    },
    // Nothing is read ahead: a reader that stops holds the gateway back.
    { highWaterMark: 0 },
  )
}
