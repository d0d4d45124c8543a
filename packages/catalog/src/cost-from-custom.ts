import { costLine, type CostLine } from './cost-line.ts'
import type { Cost } from './cost.ts'
import { sumLines } from './sum-lines.ts'
import type { UnitPrice } from './unit-price.ts'
import { tokenClasses, type Usage } from './usage.ts'

/** A caller's own price as the `cf-aig-custom-cost` header has it: USD per token, or USD for the request. */
export type CustomPrice =
  | {
      per_token_in: number
      per_token_out: number
      per_cache_read_token?: number
      per_cache_write_token?: number
    }
  | { total_cost: number }

type TokenClass = (typeof tokenClasses)[number]

/**
 * The cost at a caller's own price, which is exact to 10⁻¹⁵ USD per token. Cached tokens cost `per_token_in` unless
 * they have a price. Only tokens count; `undefined` for a price that is negative or not finite.
 *
 * @see https://developers.cloudflare.com/ai-gateway/configuration/custom-costs/
 */
export function costFromCustom(usage: Usage, price: CustomPrice): Cost | undefined {
  const lines = 'total_cost' in price ? [toTotalLine(price.total_cost)] : toTokenLines(usage, price)
  const bill = sumLines(lines)
  return bill && { ...bill, priceVersion: 'custom' }
}

function toTotalLine(usd: number): CostLine | undefined {
  const nanoUsd = Math.round(usd * 1e9)
  return nanoUsd >= 0 && Number.isSafeInteger(nanoUsd) ? costLine('total', 1, { nanoUsd, per: 1 }) : undefined
}

function toTokenLines(usage: Usage, price: Exclude<CustomPrice, { total_cost: number }>) {
  const { per_token_in: input, per_token_out: output } = price
  const { per_cache_read_token: cacheRead = input, per_cache_write_token: cacheWrite = input } = price
  const usdPerToken: Readonly<Record<TokenClass, number>> = {
    input,
    cache_read: cacheRead,
    cache_write_5m: cacheWrite,
    cache_write_1h: cacheWrite,
    input_audio: input,
    input_image: input,
    output,
    reasoning: output,
    output_audio: output,
    output_image: output,
  }
  return tokenClasses
    .filter((tokenClass) => (usage[tokenClass] ?? 0) !== 0)
    .map((tokenClass) => toLine(tokenClass, usage[tokenClass] ?? 0, usdPerToken[tokenClass]))
}

function toLine(lineClass: CostLine['class'], quantity: number, usd: number): CostLine | undefined {
  const unitPrice = toUnitPrice(usd)
  return unitPrice && costLine(lineClass, quantity, unitPrice)
}

/** A price per unit, in whole nano-dollars per million units. */
function toUnitPrice(usd: number): UnitPrice | undefined {
  const nanoUsd = Math.round(usd * 1e15)
  return usd >= 0 && Number.isSafeInteger(nanoUsd) ? { nanoUsd, per: 1_000_000 } : undefined
}
