import type { ErrorType } from '@gw/headers'
import type { AlertFilter } from './alert-rule.ts'

export interface RequestQuery {
  /** `null` for all organisations together. */
  orgId: string | null
  filter: AlertFilter
  /** Ms since the epoch. */
  from: number
}

/** Requests of a time, and how many of them failed. */
export interface Failures {
  requests: number
  errors: number
}

/** What rules look at: finished requests. */
export interface RequestFacts {
  /** Nano-dollars since the beginning of the hour that `from` is in. */
  spend(query: RequestQuery): Promise<number>
  /**
   * Requests since a time; those that failed in one way, or in any. More than an hour back, whole hours count. Of very
   * many the latest are looked at.
   */
  failures(query: RequestQuery & { now: number; errorType: ErrorType | null }): Promise<Failures>
  /** When the last request began; `undefined` where there was none since. */
  lastRequestAt(query: RequestQuery): Promise<number | undefined>
}
