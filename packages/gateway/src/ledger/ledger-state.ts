/** What a ledger remembers, synchronously: a table in a Durable Object, or maps. */
export interface LedgerState {
  cell(key: string): Cell | undefined
  putCell(key: string, cell: Cell): void
  /** A hold, alive or lapsed. */
  hold(id: string): Hold | undefined
  putHold(id: string, hold: Hold): void
  removeHold(id: string): void
  /** Holds that are alive though their time is over. */
  overdue(now: number): readonly (readonly [id: string, hold: Hold])[]
  /** Whether `markSettled` was called with the id within the last 15 minutes; it may remember for longer. */
  isSettled(id: string, now: number): boolean
  markSettled(id: string, now: number): void
  /** What a taker was granted last. */
  lease(id: string): LastGrant | undefined
  putLease(id: string, lease: LastGrant): void
  /** Forgets up to `most` things of each kind whose time is over. */
  clean(now: number, most: number): Cleaned
}

/** What is left after some was forgotten. */
export interface Cleaned {
  /** When there is more to forget, ms since the epoch; `null` when nothing ever will be. */
  nextAt: number | null
  /** Nothing at all is left. */
  isEmpty: boolean
}

/** One counter in one window. */
export interface Cell {
  spent: number
  /** The sum of the holds that are alive. */
  held: number
  /** From when on nobody asks for it, ms since the epoch; `null`: it stays. */
  keepUntil: number | null
}

export interface Hold {
  amount: number
  /** Keys of the cells in which it was made. */
  cells: readonly string[]
  isLapsed: boolean
  /** When it lapses; when it is forgotten if it has lapsed. Ms since the epoch. */
  until: number
}

/** What one taker was granted last. */
export interface LastGrant {
  turn: number
  granted: number
  /** When it was granted, ms since the epoch. */
  at: number
  /** Keys of the cells in which it was counted. */
  cells: readonly string[]
  keepUntil: number
}

/** How long settled ids are remembered at least, ms: longer than any call is on its way. */
export const settledMemoryMs = 900_000
