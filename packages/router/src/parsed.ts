/** What is wrong with a value that somebody wrote. */
export interface Mistake {
  /** Where: `max_price`, `allow[1]`, `[0].to`; empty for the whole. */
  path: string
  message: string
}

/** A value that was checked, or everything that is wrong with it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; mistakes: readonly Mistake[] }
