/** How one target is tried. */
export interface RetryPolicy {
  /** Attempts in all, 1 or more. */
  maxAttempts: number
  retryDelayMs: number
  backoff: 'constant' | 'linear' | 'exponential'
}

/** One attempt and no retry: what a caller gets who asks for nothing. */
export const singleAttempt: RetryPolicy = { maxAttempts: 1, retryDelayMs: 0, backoff: 'constant' }

/** A `Retry-After` beyond this is not waited for; the next target is better. */
const longestRetryAfterMs = 60_000

/**
 * How long to wait before attempt `attempt + 1`, in ms: d, d·n or d·2ⁿ⁻¹ after the n-th attempt, and never less than
 * the provider asked for.
 * @see https://developers.cloudflare.com/ai-gateway/configuration/request-handling/
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, retryAfterMs = 0): number {
  const factor = { constant: 1, linear: attempt, exponential: 2 ** (attempt - 1) }[policy.backoff]
  return Math.max(policy.retryDelayMs * factor, retryAfterMs)
}

/** What to do after a failed attempt. */
export type NextMove = { move: 'retry'; delayMs: number } | { move: 'next' } | { move: 'stop' }

export interface FailedAttempt {
  /** 1 for the first attempt at this target. */
  attempt: number
  /** The same target may succeed on another try. */
  canRetry: boolean
  /** Another target may succeed. */
  canFallBack: boolean
  hasNextTarget: boolean
  retryAfterMs?: number
}

/** Same target again, next target, or give up. Pure: the caller waits and calls. */
export function selectNextMove(policy: RetryPolicy, failed: FailedAttempt): NextMove {
  const isPatient = (failed.retryAfterMs ?? 0) <= longestRetryAfterMs
  if (failed.canRetry && isPatient && failed.attempt < policy.maxAttempts) {
    return { move: 'retry', delayMs: retryDelayMs(policy, failed.attempt, failed.retryAfterMs) }
  }
  return failed.canFallBack && failed.hasNextTarget ? { move: 'next' } : { move: 'stop' }
}
