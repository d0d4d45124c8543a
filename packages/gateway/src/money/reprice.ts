import type { Provider } from '@gw/adapters'
import type { PriceOverride } from '@gw/catalog'
import type { NewCost, PricedRow } from '../logs/log-store.ts'
import { costByList } from './cost-of-answer.ts'

export interface RepriceOptions {
  /** The provider that the row names, where there still is one of that id. */
  provider: Pick<Provider, 'id' | 'pricedAs'> | undefined
  /** The organisation's own prices. */
  prices: readonly PriceOverride[]
}

/**
 * `kept`: the price was not the catalog's or the organisation's to begin with. `unpriced`: nobody knows one now. `same`: it
 * is what it was.
 */
export type Repriced = { kind: 'kept' | 'unpriced' | 'same' } | { kind: 'new'; cost: NewCost }

/**
 * Price versions of rows whose price somebody else named (the caller, the provider, the free level), and of those that
 * several models answered, of which the row names the last alone.
 */
const namedElsewhere: ReadonlySet<string | null> = new Set(['custom', 'provider-receipt', 'free', 'parts'])

/** What a row would cost by today's price data and the organisation's prices, as they hold at the row's own time. */
export function reprice(row: PricedRow, { provider, prices }: RepriceOptions): Repriced {
  const { id, created_at: at, model, usage, usage_source: source } = row
  const isPriced = source === 'reported' || source === 'estimated'
  const hasUsage = Object.values(usage).some((quantity) => quantity > 0)
  if (row.provider === null || model === null || !isPriced || !hasUsage || namedElsewhere.has(row.price_version)) {
    return { kind: 'kept' }
  }
  const target = { provider: provider ?? { id: row.provider }, model, prices, at }
  const { cost_nano_usd: nanoUsd, bill, price_version: version } = costByList(usage, source, target)
  if (nanoUsd === null) return { kind: 'unpriced' }
  const isSame = nanoUsd === row.cost_nano_usd && JSON.stringify(bill) === JSON.stringify(row.bill)
  if (isSame && version === row.price_version) return { kind: 'same' }
  return { kind: 'new', cost: { id, cost_nano_usd: nanoUsd, bill, price_version: version } }
}
