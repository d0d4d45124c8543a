/** Random numbers that are the same for the same seed. */
export interface Random {
  /** From 0 to 1, 1 excluded. */
  next(): number
  /** As likely as their weights. @throws where there is nothing to choose from */
  pick<T extends { weight: number }>(items: readonly T[]): T
  /** Around a median, with a long tail: about two thirds lie between `median / spread` and `median * spread`. */
  around(median: number, spread: number): number
}

/** The generator "mulberry32": small, fast, and good enough to make up traffic. Never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    pick: (items) => {
      const last = items.at(-1)
      if (!last) throw new Error('There is nothing to choose from.')
      let rest = next() * items.reduce((sum, { weight }) => sum + weight, 0)
      return items.find(({ weight }) => (rest -= weight) < 0) ?? last
    },
    around: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(normal * Math.log(spread))
    },
  }
}
