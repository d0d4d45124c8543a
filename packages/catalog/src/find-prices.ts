import { findRow, type ModelRef } from './find-row.ts'
import type { PriceOverride } from './price-override.ts'
import type { ModelRow, UsdPrices } from './price-table.ts'
import { priceVersion } from './price-version.ts'
import { selectOverride } from './select-override.ts'
import { selectPrices } from './select-prices.ts'

/** Epoch milliseconds, or those with the prices that an organisation has set for itself. */
export type PricedAt = number | { readonly at: number; readonly overrides?: readonly PriceOverride[] }

export interface FoundPrices {
  readonly row: ModelRow | undefined
  /** `undefined` where neither the catalog nor an override has a price. */
  readonly prices: UsdPrices | undefined
  readonly priceVersion: string
  readonly isOverridden: boolean
}

/** The prices of a model at a time: the override that holds, or else the catalog's. */
export function findPrices(ref: ModelRef, when: PricedAt): FoundPrices {
  const { at, overrides = [] } = typeof when === 'number' ? { at: when } : when
  const row = findRow(ref)
  const override = selectOverride(overrides, ref, at)
  return {
    row,
    prices: override?.prices ?? (row && selectPrices(row, at)),
    priceVersion: override ? `override:${override.id}+${priceVersion}` : priceVersion,
    isOverridden: override !== undefined,
  }
}
