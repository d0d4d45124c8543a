import { billedQuantity } from './billed-quantity.ts'
import { costLine } from './cost-line.ts'
import type { UsdPrices } from './price-table.ts'
import { toUnitPrice } from './to-unit-price.ts'
import type { Asked } from './to-usd.ts'
import type { UnitPrice } from './unit-price.ts'
import { inputClasses, outputClasses, unitClasses, type Usage, type UsageClass } from './usage.ts'
import type { Variant } from './variant.ts'

/** The most that a request can use. What the model has no price for costs nothing here, as nobody bills it. */
export interface MostUsage extends Pick<Usage, Exclude<(typeof unitClasses)[number], 'neurons'>> {
  /** Input tokens of all classes together. Default: the model's context window. */
  inputTokens?: number
  /** Output tokens of one answer, reasoning included. Default: the model's most, else its context window, else 16,384. */
  outputTokens?: number
  /** Answers to the same input. Default 1. */
  answers?: number
  /**
   * The input classes that the request could use, for a closer estimate: without `cache_write_5m` and `cache_write_1h`
   * where nothing in it asks for them. Default all. `input` and `cache_read` always count.
   */
  inputClasses?: readonly (typeof inputClasses)[number][]
}

/** What is known of the model's limits, in tokens, and of what is asked of it. */
export interface MostLimits {
  readonly contextWindow?: number
  readonly maxOutput?: number
  readonly variant?: Variant | undefined
}

/** The longest window that a model is sold with, tokens. */
const longWindow = 2_000_000

/** Output tokens of a model of which no limit is known. */
const unknownOutput = 16_384

/** Each class of a side is rounded by half a nano-dollar at most, and so is the bound. */
const inputRounding = 3
const outputRounding = 2

/** Units that a model which charges no tokens is paid by, so that how many of them must be said. */
const unbounded: ReadonlySet<UsageClass> = new Set(['characters', 'seconds', 'images', 'pages', 'search_units'])

/**
 * The most that a request can cost, in 10⁻⁹ of what the prices are in: tokens at the dearest class of their side and
 * the dearest tier that they can reach, units at the dearest variant where it isn't said, and the fee of a call.
 * `undefined` where that is unknown: without a price, or where a model is paid by a unit that has no bound.
 */
export function mostOf(most: MostUsage, prices: UsdPrices, limits: MostLimits): number | undefined {
  if (Object.keys(prices).length === 0) return undefined
  const { contextWindow = Number.POSITIVE_INFINITY, variant } = limits
  const inputTokens = most.inputTokens ?? Math.max(contextWindow, reachOf(prices, contextWindow))
  const asked = { inputTokens, variant, dearest: true }
  const parts: readonly (number | undefined)[] = [
    ...tokenParts(most, prices, { ...limits, asked }),
    ...unitParts(most, prices, asked),
  ]
  if (!isWhole(parts)) return undefined
  const total = parts.reduce((sum, part) => sum + part, 0)
  return Number.isSafeInteger(total) ? total : undefined
}

/** A price that begins where the window as we know it ends is for a longer one, which some requests can ask for. */
function reachOf(prices: UsdPrices, contextWindow: number): number {
  const starts = Object.values(prices).flatMap((usd) => (Array.isArray(usd) ? usd.slice(1).map(startOf) : []))
  return starts.some((start) => start >= contextWindow) ? longWindow : 0
}

const startOf = (tier: unknown): number => (Array.isArray(tier) ? Number(tier[0]) : 0)

function isWhole(parts: readonly (number | undefined)[]): parts is readonly number[] {
  return parts.every((part) => part !== undefined)
}

/** Nothing for a model that charges no tokens; a model that charges for one side only has no price for the other. */
function tokenParts(most: MostUsage, prices: UsdPrices, { asked, ...limits }: MostLimits & { asked: Asked }) {
  const classes = new Set([...(most.inputClasses ?? inputClasses), 'input', 'cache_read'] as const)
  const input = dearest([...classes], prices, asked)
  const output = dearest(outputClasses, prices, asked)
  if (!input && !output) return []
  const outputTokens = most.outputTokens ?? (output ? (limits.maxOutput ?? limits.contextWindow ?? unknownOutput) : 0)
  const written = outputTokens * (most.answers ?? 1)
  return [tokenPart(asked.inputTokens, input, inputRounding), tokenPart(written, output, outputRounding)]
}

function tokenPart(tokens: number, price: UnitPrice | undefined, rounding: number): number | undefined {
  if (tokens === 0 || price?.nanoUsd === 0) return 0
  const line = price && costLine('total', tokens, price)
  return line && line.nanoUsd + rounding
}

function dearest(classes: readonly UsageClass[], prices: UsdPrices, asked: Asked): UnitPrice | undefined {
  return classes
    .flatMap((usageClass) => toUnitPrice(prices, usageClass, asked) ?? [])
    .reduce<UnitPrice | undefined>((top, price) => (top && top.nanoUsd >= price.nanoUsd ? top : price), undefined)
}

function unitParts(most: MostUsage, prices: UsdPrices, asked: Asked): readonly (number | undefined)[] {
  const units: Usage = { ...most, calls: most.calls ?? 1 }
  const isByUnits = prices.input === undefined && prices.output === undefined
  return unitClasses
    .filter((usageClass) => prices[usageClass] !== undefined && usageClass !== 'neurons')
    .map((usageClass) => {
      const price = toUnitPrice(prices, usageClass, asked)
      const quantity = units[usageClass] ?? (isByUnits && unbounded.has(usageClass) ? Number.NaN : 0)
      if (quantity === 0) return 0
      return price && costLine(usageClass, billedQuantity(prices, usageClass, quantity), price)?.nanoUsd
    })
}
