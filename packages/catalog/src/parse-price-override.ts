import type { PriceOverride } from './price-override.ts'
import type { Price, UsdPrices, VariantUsd } from './price-table.ts'
import { tokenClasses, unitClasses } from './usage.ts'

const classes: ReadonlySet<string> = new Set([...tokenClasses, ...unitClasses])
const fields: ReadonlySet<string> = new Set(['size', 'quality', 'steps', 'mode'])

/**
 * Reads a price that an organisation has set. Prices are in dollars per million tokens, per hour of audio, or per thousand
 * of any other unit; a price may rise with the context, `[2.5, [200000, 5]]`, or depend on the variant,
 * `{ by: ['size'], usd: { '1024x1024': 20 } }`.
 *
 * @throws Error naming the field that is wrong.
 * @example
 * parsePriceOverride({ id: 'po_1', provider: 'openai', model: 'gpt-5', prices: { input: 1, output: 8 } })
 */
export function parsePriceOverride(value: unknown): PriceOverride {
  if (!isRecord(value)) throw new Error('A price override must be an object.')
  const { from } = value
  if (from !== undefined && !isTime(from)) throw new Error('`from` must be a time in milliseconds since the epoch.')
  return {
    id: parseName(value, 'id'),
    provider: parseName(value, 'provider'),
    model: parseName(value, 'model'),
    prices: parsePrices(value['prices']),
    ...(from !== undefined && { from }),
  }
}

function parseName(value: Readonly<Record<string, unknown>>, field: string): string {
  const name = value[field]
  if (typeof name !== 'string' || name.trim() === '') throw new Error(`\`${field}\` must be a text.`)
  return name
}

function parsePrices(value: unknown): UsdPrices {
  if (!isRecord(value) || Object.keys(value).length === 0) {
    throw new Error('`prices` must be an object with the price of at least one class of usage.')
  }
  return Object.fromEntries(Object.entries(value).map(([name, price]) => [name, parsePrice(name, price)]))
}

function parsePrice(name: string, value: unknown): Price {
  if (!classes.has(name)) throw new Error(`\`prices.${name}\` is no class of usage.`)
  if (isAmount(value)) return value
  if (Array.isArray(value)) return parseTiers(name, value)
  if (isRecord(value)) return parseVariants(name, value)
  throw new Error(`\`prices.${name}\` must be a number of dollars that is not negative.`)
}

function parseTiers(name: string, [base, ...tiers]: readonly unknown[]): Price {
  const parsed = tiers.flatMap((tier): [number, number][] => {
    if (!Array.isArray(tier)) return []
    const [start, usd]: unknown[] = tier
    return isAmount(start) && isAmount(usd) && tier.length === 2 ? [[start, usd]] : []
  })
  const rises = parsed.every(([start], index) => start > (parsed[index - 1]?.[0] ?? -1))
  if (!isAmount(base) || parsed.length < tiers.length || !rises) {
    throw new Error(`\`prices.${name}\` must be \`[dollars, [tokens, dollars], …]\` with rising tokens.`)
  }
  return [base, ...parsed]
}

function parseVariants(name: string, { by, usd }: Readonly<Record<string, unknown>>): VariantUsd {
  if (!Array.isArray(by) || by.length === 0 || !by.every(isField)) {
    throw new Error(`\`prices.${name}.by\` must name fields of a variant: size, quality, steps or mode.`)
  }
  if (!isRecord(usd)) throw new Error(`\`prices.${name}.usd\` must be an object of dollars by variant.`)
  const amounts = Object.entries(usd).map(([variant, amount]): [string, number] => {
    if (isAmount(amount)) return [variant, amount]
    throw new Error(`\`prices.${name}.usd["${variant}"]\` must be a number of dollars that is not negative.`)
  })
  return { by, usd: Object.fromEntries(amounts) }
}

const isField = (value: unknown): value is VariantUsd['by'][number] => typeof value === 'string' && fields.has(value)

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0

/** Whether it can be billed in whole nano-dollars: up to nine million dollars. */
function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER / 1e9
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
