/**
 * The items in random order, where each next one is drawn from those left in proportion to its weight (Efraimidis and
 * Spirakis: sort by an exponential variable with the weight as its rate).
 */
export function weightedShuffle<T extends { weight: number }>(
  items: readonly T[],
  random: (bytes: Uint8Array<ArrayBuffer>) => void,
): T[] {
  if (items.length < 2) return [...items]
  const draws = new Uint32Array(items.length)
  random(new Uint8Array(draws.buffer))
  return items
    .map((item, index) => ({ item, rank: -Math.log(((draws[index] ?? 0) + 1) / 2 ** 32) / item.weight }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
