const dayMs = 86_400_000

/** The UTC day that holds a time, ms since the epoch; `to` is exclusive. */
export function dayOf(at: number): { from: number; to: number } {
  const from = Math.floor(at / dayMs) * dayMs
  return { from, to: from + dayMs }
}
