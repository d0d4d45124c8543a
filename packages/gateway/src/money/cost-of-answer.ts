import { toUsage, type ChatUsage, type Provider, type Usage } from '@gw/adapters'
import { cost, costFromCustom, type Cost, type PriceOverride } from '@gw/catalog'
import type { CustomCost } from '@gw/headers'
import type { KeySource } from '@gw/keys'
import type { BillLine, UsageSource } from '../logs/log-record.ts'
import type { Leg } from '../plan.ts'
import type { Relayed } from '../streams/create-reading.ts'
import { estimateUsage } from './estimate-usage.ts'
import { neuronsUsed } from './neurons-used.ts'

/** What an answer used and cost. */
export interface AnswerCost {
  usage: Usage
  usage_source: UsageSource
  /** `null` when the price is unknown. */
  cost_nano_usd: number | null
  bill: BillLine[]
  price_version: string | null
  /** Thousandths of a Workers AI neuron; `null` elsewhere. */
  milli_neurons: number | null
  /** By the catalog, where the caller named a price of its own: no caller can lower what a budget counts. */
  list_nano_usd?: number | null
}

export interface AnsweredLeg {
  leg: Leg
  keySource: KeySource
  relayed: Relayed
  /** The organisation's own prices. */
  prices: readonly PriceOverride[]
  /** Ms since the epoch; prices change with time. */
  at: number
}

/** What a request cost that nobody answered. */
export const nothing: AnswerCost = {
  usage: {},
  usage_source: 'free_failed',
  cost_nano_usd: 0,
  bill: [],
  price_version: null,
  milli_neurons: null,
}

/** A request that failed after its provider had begun with it. */
export const unknownCost: AnswerCost = { ...nothing, usage_source: 'estimated', cost_nano_usd: null }

/** An answer that costs nothing and counts no tokens. */
const free: AnswerCost = { ...nothing, usage_source: 'reported' }

/**
 * Usage and cost of an answer: what the provider reported, else an estimate of what was seen. The provider's own receipt
 * in USD wins over the catalog; an unknown price is `null`, never 0.
 */
export function costOfAnswer({ leg, keySource, relayed, prices, at }: AnsweredLeg): AnswerCost {
  if (leg.kind === 'local' || (leg.kind !== 'chat' && leg.isFree)) return free
  const { seen } = relayed
  const reported = seen.usage && seen.usage.total_tokens > 0 ? seen.usage : undefined
  if (!reported && !seen.hasOutput) return nothing

  const usage = reported
    ? toUsage(reported)
    : estimateUsage(leg.kind === 'chat' ? leg.chat.text : leg.body, seen.outputCharacters)
  const { provider } = leg
  const model = leg.model ?? seen.model
  const priced = priceUsage({
    usage,
    source: reported ? 'reported' : 'estimated',
    receipt: reported?.cost,
    provider,
    model,
    customCost: leg.options.customCost,
    prices,
    at,
  })
  const milliNeurons = neuronsUsed(usage, { provider, model })
  return { ...(keySource === 'free' ? gratis(priced) : priced), milli_neurons: milliNeurons }
}

/** The free level: what was used counts, and costs nothing. */
function gratis({ usage, usage_source }: AnswerCost): AnswerCost {
  return { ...free, usage, usage_source, price_version: 'free' }
}

export interface PricedTarget {
  provider: Provider
  model: string | undefined
  customCost: CustomCost | undefined
  prices: readonly PriceOverride[]
  at: number
}

type Priced = PricedTarget & { usage: Usage; source: UsageSource; receipt: number | undefined }

/** The caller's own price first, then the provider's receipt, then the organisation's prices, then the catalog. */
function priceUsage(priced: Priced): AnswerCost {
  const { usage, source, receipt, customCost } = priced
  const list = receipt === undefined ? toAnswerCost(usage, source, listPrice(priced)) : receiptOf(usage, receipt)
  if (!customCost) return list
  const own = toAnswerCost(usage, source, costFromCustom(usage, toCustomPrice(customCost)))
  return { ...own, list_nano_usd: list.cost_nano_usd }
}

function listPrice({ usage, provider, model, prices, at }: Priced): Cost | undefined {
  const ref = model === undefined ? undefined : { provider: provider.pricedAs ?? provider.id, model }
  return ref && cost(usage, ref, { at, overrides: prices })
}

/** The cost of a usage in USD as the row will have it; `undefined` when the price is unknown. */
export function usdOf(usage: ChatUsage, target: PricedTarget): number | undefined {
  const { cost_nano_usd: nanoUsd } = priceUsage({
    ...target,
    usage: toUsage(usage),
    receipt: usage.cost,
    source: 'reported',
  })
  return nanoUsd === null ? undefined : nanoUsd / 1e9
}

function toAnswerCost(usage: Usage, source: UsageSource, bill: Cost | undefined): AnswerCost {
  if (!bill) return { ...unknownCost, usage, usage_source: source }
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
    milli_neurons: null,
  }
}

function receiptOf(usage: Usage, usd: number): AnswerCost {
  const nanoUsd = Math.round(usd * 1e9)
  const line = {
    class: 'receipt',
    quantity: 1,
    unit: 'receipt',
    unit_price_nano_usd: nanoUsd,
    unit_price_per: 1,
    nano_usd: nanoUsd,
  }
  return {
    usage,
    usage_source: 'reported',
    cost_nano_usd: nanoUsd,
    bill: [line],
    price_version: 'provider-receipt',
    milli_neurons: null,
  }
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
