import type { CacheKey } from './cache-key.ts'

/**
 * What a request finds: an answer; that it is the one to get it (`lead`); that somebody else is (`wait`); or, after
 * waiting, that none came in time (`late`).
 */
export type Opened = { state: 'kept'; value: Uint8Array<ArrayBuffer> } | { state: 'lead' | 'wait' | 'late' }

/** What is kept. */
export interface Keeping {
  /** The request whose answer it is. */
  turn: string
  value: Uint8Array<ArrayBuffer>
  ttlMs: number
}

/**
 * Where answers are kept, and where requests for the same answer queue up: one has the lead and goes to the provider, the
 * others wait for what it brings. The lead is lost by whoever does not renew it for `leaseMs`, and goes to the next who
 * waits. A `turn` is a request's own id.
 */
export interface AnswerCache {
  /** What there is now. Who may lead must `keep` or `leave`, and `renew` until then. */
  open(key: CacheKey, turn: string): Promise<Opened>
  /** An answer, for whoever does not mean to get one otherwise. */
  find(key: CacheKey): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Waits until there is an answer, or the lead, but no longer than `waitMs`. */
  wait(key: CacheKey, turn: string, waitMs: number): Promise<Opened>
  /** The one who leads is still at it. */
  renew(key: CacheKey, turn: string): Promise<void>
  /** Keeps an answer for all who wait. False, and nothing is kept, where the request does not have the lead any more. */
  keep(key: CacheKey, keeping: Keeping): Promise<boolean>
  /** Gives the lead to the next, or leaves the queue. */
  leave(key: CacheKey, turn: string): Promise<void>
  /** Forgets all answers of a key's place; one that is under way will not be kept. False when there were none. */
  remove(key: CacheKey): Promise<boolean>
}
