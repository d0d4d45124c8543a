/** A number that is kept within a window. The unit of its integers is its own: requests, tokens, nano-USD, milli-neurons. */
export interface Counter {
  id: string
  /** Most that may be used in one window. */
  limit: number
  window: CounterWindow
  /** A hard counter refuses what would pass its limit; a soft one only counts. */
  isHard: boolean
}

/**
 * When a counter starts again at 0. `fixed` is aligned to the clock; `day` and `month` are UTC's; `sliding` weighs the
 * previous fixed window by what is left of it and adds the current one; `total` never starts again.
 */
export type CounterWindow =
  | { kind: 'fixed'; ms: number }
  | { kind: 'sliding'; ms: number }
  | { kind: 'day' }
  | { kind: 'month' }
  | { kind: 'total' }

/** A counter as it stands. */
export interface CounterState {
  id: string
  limit: number
  window: CounterWindow
  isHard: boolean
  /** Settled and held in the window. */
  used: number
  held: number
  /** Never below 0. */
  remaining: number
  /** The end of the window, ms since the epoch; for a sliding one, of its current half. `null` for a total. */
  resetsAt: number | null
}

/**
 * Counts, and holds what is about to be spent, so that no limit is passed however many ask at once. One operation sees
 * and changes all of its counters, or none. Amounts and limits are safe integers of 0 or more; anything else throws.
 */
export interface Ledger {
  /**
   * Holds an amount on every counter, or on none. A further call with the same id replaces the hold; if that is refused,
   * the hold stays as it was. Throws for an id that has been settled.
   */
  reserve(reservation: Reservation): Promise<Reserved>
  /**
   * Holds become facts in the windows in which they were made, also those that have lapsed within 15 days. An id is
   * settled once; later calls, and ids never seen, are ignored.
   */
  settle(settlements: readonly Settlement[]): Promise<void>
  /** A running request is alive: its hold lasts `holdMs` from now. One that has lapsed stays lapsed. */
  extend(id: string, holdMs: number): Promise<void>
  /** Grants permits of 1, several at once where plenty are left. What is granted is spent. */
  take(request: TakeRequest): Promise<Taken>
  read(counters: readonly Counter[]): Promise<CounterState[]>
}

/** Ledgers by name. Counters of different ledgers know nothing of each other. */
export interface Ledgers {
  open(name: string): Ledger
}

export interface Reservation {
  id: string
  counters: readonly Counter[]
  amount: number
  /** How long the hold lasts unless it is extended, ms. Then the amount returns by itself. */
  holdMs: number
}

export type Reserved =
  | { ok: true; states: CounterState[] }
  | {
      ok: false
      /** The first hard counter that would pass its limit. */
      refused: CounterState
      /** When the same amount fits at the latest if nobody else comes, ms since the epoch; `null`: never by waiting. */
      retryAt: number | null
      states: CounterState[]
    }

export interface Settlement {
  id: string
  /** What was spent; `null`: the held amount. */
  amount: number | null
}

export interface TakeRequest {
  counters: readonly Counter[]
  /** Most permits that are of use. */
  wanted: number
  /** How many of them will be used at once, however few are left. Default 1. */
  needed?: number
  lease: LeaseTurn
}

/**
 * Who takes, so that a call may be made again and that unused permits go back once. A taker makes one call after the
 * other, and does not use what it declares unused.
 */
export interface LeaseTurn {
  /** Unique to the taker and its set of counters. */
  id: string
  /** 1 for the first call, then one more each time. The same turn again gets the same permits again. */
  turn: number
  /** The last turn whose answer arrived, 0 for none. What a later turn was granted goes back whole. */
  answered: number
  /** How many permits of that answer will not be used. */
  unused: number
}

export interface Taken {
  granted: number
  /** Until when the permits may be used, ms since the epoch. */
  validUntil: number
  states: CounterState[]
  /** The first hard counter that has no room, where fewer were granted than needed. */
  refused?: CounterState
  /** When that counter has room for one at the latest, ms since the epoch; `null`: never by waiting. */
  retryAt?: number | null
}
