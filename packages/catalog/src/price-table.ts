import type { UsageClass } from './usage.ts'
import type { Variant } from './variant.ts'

/** A price that rises with the context: dollars at the base, then from the token count after `start`. */
export type TieredUsd = readonly [base: number, ...tiers: (readonly [start: number, usd: number])[]]

/** A price for each variant: the values of the fields `by`, joined by spaces, are the key; a field not said is empty. */
export interface VariantUsd {
  readonly by: readonly (keyof Variant)[]
  readonly usd: Readonly<Record<string, number>>
}

/** A price by the 512 × 512 tiles of an image: so much for each, and so much for each step on each. */
export interface TileUsd {
  readonly tile?: number
  readonly tileStep?: number
}

/** A price with a smallest quantity that every request pays. */
export interface AtLeastUsd {
  readonly usd: number
  readonly atLeast: number
}

export type Price = number | TieredUsd | VariantUsd | TileUsd | AtLeastUsd

/** Dollars per million tokens, per hour of audio, or per thousand of any other unit. */
export type UsdPrices = { readonly [C in UsageClass]?: Price }

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
