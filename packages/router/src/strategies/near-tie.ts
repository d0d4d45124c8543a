import type { Strategy } from './question.ts'

/** Points below the best score that are still as good. */
const points: Readonly<Record<Exclude<Strategy, 'cheapest'>, number>> = { fastest: 0.5, quality: 0.25, balanced: 0.5 }

/**
 * The lowest score that is a near tie with the best: half a point of speed for `fastest`, a quarter of a point of quality
 * for `quality`, half a point for `balanced`, and 5 % of the price for `cheapest` (at least $0.0005 per million tokens).
 */
export function nearTie(strategy: Strategy, best: number): number {
  return best - (strategy === 'cheapest' ? 0.05 * Math.max(-best, 0.01) : points[strategy])
}
