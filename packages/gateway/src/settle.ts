import { toUsage, type ChatUsage, type Provider, type Usage } from '@gw/adapters'
import { cost, costFromCustom, type Cost } from '@gw/catalog'
import type { CustomCost } from '@gw/headers'
import { estimateUsage } from './estimate-usage.ts'
import type { BillLine, UsageSource } from './logs/log-record.ts'
import type { Leg } from './plan.ts'
import type { Relayed } from './streams/create-reading.ts'

/** The money side of a log row. */
export interface Settlement {
  usage: Usage
  usage_source: UsageSource
  cost_nano_usd: number | null
  bill: BillLine[]
  price_version: string | null
}

export interface Settled {
  leg: Leg
  relayed: Relayed
  customCost: CustomCost | undefined
  /** Ms since the epoch; prices change with time. */
  at: number
}

/** A request that cost nothing because nobody answered it. */
export const freeFailed: Settlement = {
  usage: {},
  usage_source: 'free_failed',
  cost_nano_usd: 0,
  bill: [],
  price_version: null,
}

/** A request that failed after its provider had begun with it. */
export const unknownCost: Settlement = { ...freeFailed, usage_source: 'estimated', cost_nano_usd: null }

/** An answer that costs nothing and counts no tokens. */
const free: Settlement = { ...freeFailed, usage_source: 'reported' }

/**
 * Usage and cost of an answer: what the provider reported, else an estimate of what was seen. The provider's own receipt
 * in USD wins over the catalog; an unknown price is `null`, never 0.
 */
export function settle({ leg, relayed, customCost, at }: Settled): Settlement {
  if (leg.kind === 'local' || (leg.kind !== 'chat' && leg.isFree)) return free
  const { seen } = relayed
  const reported = seen.usage && seen.usage.total_tokens > 0 ? seen.usage : undefined
  if (!reported && !seen.hasOutput) return freeFailed

  const usage = reported
    ? toUsage(reported)
    : estimateUsage(leg.kind === 'chat' ? leg.chat.text : leg.body, seen.outputCharacters)
  const model = leg.model ?? seen.model
  const source = reported ? 'reported' : 'estimated'
  return priceUsage({ usage, source, receipt: reported?.cost, provider: leg.provider, model, customCost, at })
}

interface Priced {
  usage: Usage
  source: UsageSource
  provider: Provider
  model: string | undefined
  customCost: CustomCost | undefined
  at: number
}

/** The caller's own price first, then the provider's receipt, then the catalog. */
function priceUsage({
  usage,
  source,
  receipt,
  provider,
  model,
  customCost,
  at,
}: Priced & { receipt: number | undefined }): Settlement {
  if (customCost) return priced(usage, source, costFromCustom(usage, toCustomPrice(customCost)))
  if (receipt !== undefined) return receiptOf(usage, receipt)
  const ref = model === undefined ? undefined : { provider: provider.pricedAs ?? provider.id, model }
  return priced(usage, source, ref && cost(usage, ref, at))
}

/** The cost of a usage in USD as the row will have it; `undefined` when the price is unknown. */
export function usdOf(usage: ChatUsage, target: Omit<Priced, 'usage' | 'source'>): number | undefined {
  const { cost_nano_usd: nanoUsd } = priceUsage({
    ...target,
    usage: toUsage(usage),
    receipt: usage.cost,
    source: 'reported',
  })
  return nanoUsd === null ? undefined : nanoUsd / 1e9
}

function priced(usage: Usage, source: UsageSource, bill: Cost | undefined): Settlement {
  if (!bill) return { usage, usage_source: source, cost_nano_usd: null, bill: [], price_version: null }
  return {
    usage,
    usage_source: source,
    cost_nano_usd: bill.nanoUsd,
    bill: bill.lines.map(({ class: name, quantity, unit, unitPrice, nanoUsd }) => ({
      class: name,
      quantity,
      unit,
      unit_price_nano_usd: unitPrice.nanoUsd,
      unit_price_per: unitPrice.per,
      nano_usd: nanoUsd,
    })),
    price_version: bill.priceVersion,
  }
}

function receiptOf(usage: Usage, usd: number): Settlement {
  const nanoUsd = Math.round(usd * 1e9)
  const line = {
    class: 'receipt',
    quantity: 1,
    unit: 'receipt',
    unit_price_nano_usd: nanoUsd,
    unit_price_per: 1,
    nano_usd: nanoUsd,
  }
  return { usage, usage_source: 'reported', cost_nano_usd: nanoUsd, bill: [line], price_version: 'provider-receipt' }
}

function toCustomPrice(price: CustomCost): Parameters<typeof costFromCustom>[1] {
  if ('totalCost' in price) return { total_cost: price.totalCost }
  const { perTokenIn, perTokenOut, perCacheReadToken, perCacheWriteToken } = price
  return {
    per_token_in: perTokenIn,
    per_token_out: perTokenOut,
    ...(perCacheReadToken !== undefined && { per_cache_read_token: perCacheReadToken }),
    ...(perCacheWriteToken !== undefined && { per_cache_write_token: perCacheWriteToken }),
  }
}
