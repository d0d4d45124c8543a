import type { RankedCandidate } from './decision.ts'

/** The lower price first, an unknown one last, and then by name. */
export function comparePrices(a: RankedCandidate, b: RankedCandidate): number {
  const [price, other] = [a.usdPerMillion ?? Number.MAX_VALUE, b.usdPerMillion ?? Number.MAX_VALUE]
  return price - other || (a.id < b.id ? -1 : Number(a.id > b.id))
}
