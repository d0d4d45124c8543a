export interface Histogram {
  /** Upper bounds, rising. */
  bounds: readonly number[]
  /** How many values are at most each bound; rising too. */
  counts: readonly number[]
  /** How many values there are, those above the last bound too. */
  total: number
}

/**
 * The value that a share (0–1) of all values does not pass, as if the values between two bounds lay evenly. Above the last
 * bound nothing is known, and the answer is that bound. `null` where there are no values.
 * @example interpolatePercentile({ bounds: [100, 200], counts: [50, 100], total: 100 }, 0.75) // 150
 */
export function interpolatePercentile({ bounds, counts, total }: Histogram, share: number): number | null {
  const last = bounds.at(-1)
  if (total <= 0 || last === undefined || counts.length < bounds.length) return null
  const rank = share * total
  const index = counts.findIndex((count) => count >= rank && count > 0)
  const upper = bounds[index]
  if (upper === undefined) return last
  const [lower = 0, below = 0] = index === 0 ? [] : [bounds[index - 1], counts[index - 1]]
  const within = (counts[index] ?? 0) - below
  return Math.round(lower + ((upper - lower) * Math.max(rank - below, 0)) / within)
}
