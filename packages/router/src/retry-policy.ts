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

/** A failed attempt, as far as another at the same target depends on it. */
export interface FailedAttempt {
  /** 1 for the first attempt at this target. */
  attempt: number
  /** The same target may succeed on another try. */
  canRetry: boolean
  /** How long the provider asks to wait, ms. */
  retryAfterMs?: number
}

/**
 * How long to wait before the next attempt at the same target, in ms: d, d·n or d·2ⁿ⁻¹ after the n-th one, and never less
 * than the provider asks for. `undefined` where there is none: the attempts are used up, or would fail alike, or the
 * provider asks for more than a minute, and another target is better.
 * @see https://developers.cloudflare.com/ai-gateway/configuration/request-handling/
 */
export function retryDelayMs(
  { maxAttempts, retryDelayMs: delay, backoff }: RetryPolicy,
  { attempt, canRetry, retryAfterMs = 0 }: FailedAttempt,
): number | undefined {
  if (!canRetry || attempt >= maxAttempts || retryAfterMs > longestRetryAfterMs) return undefined
  const factor = { constant: 1, linear: attempt, exponential: 2 ** (attempt - 1) }[backoff]
  return Math.max(delay * factor, retryAfterMs)
}
