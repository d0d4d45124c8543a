import { toUsage, type ChatUsage, type Provider } from '@gw/adapters'
import { cost, costFromCustom, type Cost, type PriceOverride, type Usage, type Variant } from '@gw/catalog'
import type { CustomCost } from '@gw/headers'
import type { KeySource } from '@gw/keys'
import type { BillLine, UsageSource } from '../logs/log-record.ts'
import type { CachedLeg } from '../cache/cached-leg.ts'
import type { Leg, UpstreamLeg } from '../plan.ts'
import type { Relayed } from '../streams/create-reading.ts'
import type { Seen } from '../streams/tap.ts'
import { billedUsage } from './billed-usage.ts'
import { estimateUsage, tokensOf } from './estimate-usage.ts'
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
  leg: Leg | CachedLeg
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

/** An answer that was there already. */
const cached: AnswerCost = { ...nothing, usage_source: 'cached' }

/** An answer that costs nothing and counts no tokens. */
const free: AnswerCost = { ...nothing, usage_source: 'reported' }

/**
 * Usage and cost of an answer: what the provider reported, else an estimate of what was seen. The provider's own receipt
 * in USD wins over the catalog; an unknown price is `null`, never 0.
 */
export function costOfAnswer({ leg, keySource, relayed, prices, at }: AnsweredLeg): AnswerCost {
  if (leg.kind === 'cached') return cached
  if (leg.kind === 'local' || (leg.kind !== 'chat' && leg.isFree)) return free
  const { seen } = relayed
  const counted = countUsage(leg, seen)
  // Who left before the first output may have left a provider at work.
  const isOpenEnded = seen.hasOutput || (relayed.ending === 'client_gone' && !seen.error && !seen.isFinished)
  if (!counted) return isOpenEnded ? unknownCost : nothing
  const { provider, options } = leg
  const model = leg.model ?? seen.units?.model ?? seen.model
  const priced = priceUsage({ provider, model, customCost: options.customCost, prices, at, ...counted })
  const milli_neurons = neuronsUsed(counted.billed, { provider, model, variant: counted.variant })
  return { ...(keySource === 'free' ? gratis(priced) : priced), milli_neurons }
}

/** What was used, and what of it is charged for. */
interface Counted {
  usage: Usage
  billed: Usage
  variant?: Variant | undefined
  /** What the provider says that it charged, USD. */
  receipt: number | undefined
  source: UsageSource
}

/** Other units first, then what the provider reported, else an estimate of what was seen; `undefined` where nothing says. */
function countUsage(
  leg: UpstreamLeg,
  { usage: reported, units, hasOutput, outputCharacters }: Readonly<Seen>,
): Counted | undefined {
  if (units) {
    const { usage, variant, receiptUsd } = units
    return { usage, billed: usage, variant, receipt: receiptUsd, source: 'reported' }
  }
  if (reported && reported.total_tokens > 0) {
    const usage = toUsage(reported)
    if (reported.is_preliminary) {
      const output = Math.max(usage.output ?? 0, tokensOf(outputCharacters))
      const soFar = { ...usage, output }
      return { usage: soFar, billed: billedUsage(soFar, reported), receipt: undefined, source: 'estimated' }
    }
    return { usage, billed: billedUsage(usage, reported), receipt: reported.cost, source: 'reported' }
  }
  // A body in words of its own, or none, of which nobody can tell what it counted.
  const isUnread = leg.kind === 'native' && outputCharacters === 0
  if (!hasOutput || isUnread) return undefined
  const usage = estimateUsage(leg.kind === 'chat' ? leg.chat.text : leg.body, outputCharacters)
  return { usage, billed: usage, receipt: undefined, source: 'estimated' }
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

type Priced = PricedTarget & Counted

/** The caller's own price first, then the provider's receipt, then the organisation's prices, then the catalog. */
function priceUsage(priced: Priced): AnswerCost {
  const { usage, billed, source, receipt, customCost } = priced
  const list = isReceipt(receipt) ? receiptOf(usage, receipt) : toAnswerCost(usage, source, listPrice(billed, priced))
  if (!customCost) return list
  const ownCost = costFromCustom(billed, toCustomPrice(customCost))
  const own = toAnswerCost(usage, source, ownCost && ownCost.nanoUsd <= mostUsd * 1e9 ? ownCost : undefined)
  return { ...own, list_nano_usd: list.cost_nano_usd }
}

/** More than a request can cost: a mistake, which must not end up in sums. */
const mostUsd = 1_000_000

const isReceipt = (usd: number | undefined): usd is number => usd !== undefined && usd >= 0 && usd <= mostUsd

/** What a usage is priced by where neither its caller nor its provider names a price. */
export interface ListTarget {
  provider: Pick<Provider, 'id' | 'pricedAs'>
  model: string | undefined
  variant?: Variant | undefined
  prices: readonly PriceOverride[]
  at: number
}

/** The cost of a usage by the organisation's own prices and the catalog. */
export function costByList(usage: Usage, source: UsageSource, target: ListTarget): AnswerCost {
  return toAnswerCost(usage, source, listPrice(usage, target))
}

function listPrice(usage: Usage, { variant, provider, model, prices, at }: ListTarget): Cost | undefined {
  if (model === undefined) return undefined
  const ref = { provider: provider.pricedAs ?? provider.id, model, ...(variant && { variant }) }
  return cost(usage, ref, { at, overrides: prices })
}

/** The cost of a usage in USD as the row will have it; `undefined` when the price is unknown. */
export function usdOf(reported: ChatUsage, target: PricedTarget): number | undefined {
  const usage = toUsage(reported)
  const counted = { usage, billed: billedUsage(usage, reported), receipt: reported.cost, source: 'reported' as const }
  const { cost_nano_usd: nanoUsd } = priceUsage({ ...target, ...counted })
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
