import type { UnitPrice } from './unit-price.ts'
import { tokenClasses, type UsageClass } from './usage.ts'

/** One line of a bill. */
export interface CostLine {
  readonly class: UsageClass | 'total'
  readonly quantity: number
  /** What is counted: `tokens`, `requests` for a total, or else the class itself. */
  readonly unit: string
  readonly unitPrice: UnitPrice
  /** Quantity times price, rounded half up to whole nano-dollars. */
  readonly nanoUsd: number
}

/** Fractions of a unit are kept to millionths. */
const scale = 1_000_000
const tokens: ReadonlySet<string> = new Set(tokenClasses)

/** The line for a quantity at a price; `undefined` for a quantity that can't be billed (negative, not finite) or counted safely. */
export function costLine(usageClass: CostLine['class'], quantity: number, unitPrice: UnitPrice): CostLine | undefined {
  const scaled = Math.round(quantity * scale)
  if (!(quantity >= 0) || !Number.isSafeInteger(scaled)) return undefined
  const nanoUsd = Number(
    divideHalfUp(BigInt(scaled) * BigInt(unitPrice.nanoUsd), BigInt(unitPrice.per) * BigInt(scale)),
  )
  if (!Number.isSafeInteger(nanoUsd)) return undefined
  return { class: usageClass, quantity, unit: unitOf(usageClass), unitPrice, nanoUsd }
}

const divideHalfUp = (dividend: bigint, divisor: bigint) => (2n * dividend + divisor) / (2n * divisor)

function unitOf(usageClass: CostLine['class']): string {
  if (tokens.has(usageClass)) return 'tokens'
  return usageClass === 'total' ? 'requests' : usageClass
}
