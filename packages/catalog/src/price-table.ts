import type { UsageClass } from './usage.ts'

/** A price that rises with the context: dollars at the base, then from the token count after `start`. */
export type TieredUsd = readonly [base: number, ...tiers: (readonly [start: number, usd: number])[]]

/** Dollars per million tokens, per hour of audio, or per thousand of any other unit. */
export type UsdPrices = { readonly [C in UsageClass]?: number | TieredUsd }

/** Prices that hold from a time on (epoch milliseconds), or between two times of day (UTC seconds), or always. */
export interface ConditionalPrices {
  readonly from?: number
  readonly daily?: readonly [start: number, end: number]
  readonly prices: UsdPrices
}

/** `=a` equals, `^a` starts, `$a` ends, `*a` contains, `~a` regular expression; an array is "or". */
export type Match = string | readonly Match[] | { readonly and: readonly Match[] }

/** A model of the price data; a `match` of 0 is the id alone, a context window of 0 is unknown. */
export type ModelRow = readonly [
  id: string,
  match: Match | 0,
  contextWindow: number,
  prices: UsdPrices | readonly ConditionalPrices[],
]
