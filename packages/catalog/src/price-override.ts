import type { UsdPrices } from './price-table.ts'

/** An organisation's own price of a model, in place of the catalog's. */
export interface PriceOverride {
  /** Part of `priceVersion`, so that a row says which price it was billed at. */
  readonly id: string
  /** Provider id or alias. */
  readonly provider: string
  /** The model's exact id, in any case, or `*` for every model of the provider. */
  readonly model: string
  /** The whole price: a class that is neither here nor has a parent here is unknown. */
  readonly prices: UsdPrices
  /** Epoch milliseconds from which it holds; always unless set. */
  readonly from?: number
}
