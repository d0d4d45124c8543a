import { GatewayDelegateError } from './gateway-delegate-error.ts'
import { requestResume } from './resumable-stream-request.ts'
import type { ResumableStreamOptions } from './resumable-stream.ts'

/** Opens the connections of one run, within a budget of attempts. */
export interface Connector {
  /**
   * The run from an event on; `undefined` when it is gone and what there is was to be accepted, or after an abort.
   * Throws `GatewayDelegateError`: `cause` itself where it was one attempt too many.
   */
  connect(from: number, cause: GatewayDelegateError | undefined): Promise<ReadableStream<Uint8Array> | undefined>
  /** The run from an event on; `undefined` when the gateway does not have it or, within the budget, does not answer. */
  tryConnect(from: number): Promise<ReadableStream<Uint8Array> | undefined>
  /** The run has moved on: failures so far no longer count. */
  refill(): void
}

const firstDelayMs = 200
const longestDelayMs = 30_000

/** The first attempt after a break is made at once, further ones after growing pauses or the gateway's `Retry-After`. */
export function createConnector(options: ResumableStreamOptions, signal: AbortSignal): Connector {
  const { maxReconnects = 5, onResumeExpired = 'error', sleep = wait, random = Math.random } = options
  let attempts = 0

  const startAttempt = async (retryAfterMs: number | undefined): Promise<void> => {
    attempts += 1
    const backoffMs = attempts < 2 ? 0 : firstDelayMs * 2 ** (attempts - 2) * (0.5 + random() / 2)
    const delayMs = Math.min(longestDelayMs, Math.max(backoffMs, retryAfterMs ?? 0))
    if (delayMs > 0) await sleep(delayMs, signal)
  }

  const mayTry = (): boolean => attempts < maxReconnects && !signal.aborted

  return {
    connect: async (from, cause) => {
      let failure = cause
      let retryAfterMs: number | undefined
      while (!signal.aborted) {
        if (failure !== undefined) {
          if (attempts >= maxReconnects) throw failure
          await startAttempt(retryAfterMs)
          if (signal.aborted) return undefined
          options.onReconnect?.(from, attempts)
        }
        const answer = await requestResume(options, from, signal)
        if ('body' in answer) return answer.body
        if ('expired' in answer) {
          if (onResumeExpired === 'accept-partial') return undefined
          throw new GatewayDelegateError('resume-expired', expiredMessage(from))
        }
        if (!answer.retryable) throw answer.failure
        failure = answer.failure
        retryAfterMs = answer.retryAfterMs
      }
      return undefined
    },
    tryConnect: async (from) => {
      let retryAfterMs: number | undefined
      while (mayTry()) {
        await startAttempt(retryAfterMs)
        if (signal.aborted) return undefined
        const answer = await requestResume(options, from, signal)
        if ('body' in answer) return answer.body
        if ('expired' in answer || !answer.retryable) return undefined
        retryAfterMs = answer.retryAfterMs
      }
      return undefined
    },
    refill: () => {
      attempts = 0
    },
  }
}

function expiredMessage(from: number): string {
  return `The gateway no longer has the run (404) at event ${from}. Start it again, or set onResumeExpired: 'accept-partial'.`
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
