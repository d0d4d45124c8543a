/** An exact price: whole nano-dollars for so many units, 2,500,000,000 for 1,000,000 tokens for example. */
export interface UnitPrice {
  readonly nanoUsd: number
  /** Units that the price is for. */
  readonly per: number
}
