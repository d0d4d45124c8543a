/** Rows that arrived, before those that were read; each row once, newest first. */
export function mergeRows<T extends { id: string }>(live: readonly T[], read: readonly T[]): T[] {
  if (live.length === 0) return [...read]
  const arrived = new Set(live.map(({ id }) => id))
  return [...live, ...read.filter(({ id }) => !arrived.has(id))].sort((a, b) => (a.id < b.id ? 1 : -1))
}
