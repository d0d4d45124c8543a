import type { ErrorType } from '../error-type.ts'

/** How a target is at a time. */
export interface HealthVerdict {
  /**
   * `unknown`: nothing is known of the last while. `healthy`, `degraded`: it works, with an uptime from 95 % or below.
   * `resting`: it must not be called. `probing`: its rest is over and one caller may find out, with `claimProbe`.
   */
  status: 'unknown' | 'healthy' | 'degraded' | 'resting' | 'probing'
  /** Share of successes, 0–1, of the last minutes; 1 where nothing is known. */
  uptime: number
  /** Epoch milliseconds; with `resting` only. */
  restsUntil?: number
  /** Why it rests: a rate limit, failures, no such model, or because another caller's probe is under way. */
  reason?: 'rate_limit' | 'failures' | 'missing' | 'probe'
  /** Typical milliseconds to the first real output, measured. */
  ttftMs?: number
  /** Typical output tokens per second, measured. */
  tokensPerSecond?: number
  /** Measured answers that are remembered: 80 at most, none when three hours brought no new one. */
  samples: number
  /** Share of all attempts of the last minutes that failed so, 0–1. */
  errorRates?: Partial<Record<ErrorType, number>>
}
