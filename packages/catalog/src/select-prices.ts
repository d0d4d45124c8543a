import type { ConditionalPrices, ModelRow, UsdPrices } from './price-table.ts'

const secondsPerDay = 86_400

/** The prices of a model at a time (epoch milliseconds): the last whose condition holds, or else the first. */
export function selectPrices([, , , prices]: ModelRow, at: number): UsdPrices {
  if (!isConditional(prices)) return prices
  return (prices.findLast((entry) => holds(entry, at)) ?? prices[0])?.prices ?? {}
}

export function isConditional(prices: ModelRow[3]): prices is readonly ConditionalPrices[] {
  return Array.isArray(prices)
}

function holds({ from, daily }: ConditionalPrices, at: number): boolean {
  if (from !== undefined) return at >= from
  if (daily === undefined) return true
  const [start, end] = daily
  const second = (((at / 1000) % secondsPerDay) + secondsPerDay) % secondsPerDay
  return end < start ? second >= start || second < end : second >= start && second < end
}
