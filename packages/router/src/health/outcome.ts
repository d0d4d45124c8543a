import type { ErrorType } from '../error-type.ts'

/** How one attempt at a target ended. */
export type Outcome = Success | Failure

interface Attempted {
  /** Epoch milliseconds of the end, by the clock of whoever saw it. */
  at: number
  /** For the attempt that claimed a probe: the `now` it was claimed with. */
  probedAt?: number
}

export interface Success extends Attempted {
  ok: true
  /** From sending the request to the first real output. */
  ttftMs?: number
  outputTokens?: number
  /** From sending the request to the end of the answer. */
  durationMs?: number
}

export interface Failure extends Attempted {
  ok: false
  type: ErrorType
  /** What the provider asked for; read for rate limits only. */
  retryAfterMs?: number
}
