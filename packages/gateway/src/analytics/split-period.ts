const dayMs = 86_400_000

export interface Period {
  /** Ms since the epoch. */
  from: number
  /** Exclusive. */
  to: number
}

export interface SplitPeriod {
  /** The whole UTC days. */
  days: Period | undefined
  /** What is left at both ends. */
  hours: readonly Period[]
}

/** A period as whole UTC days, which the daily roll-up answers, and the hours at its ends. */
export function splitPeriod({ from, to }: Period): SplitPeriod {
  const firstDay = Math.ceil(from / dayMs) * dayMs
  const lastDay = Math.floor(to / dayMs) * dayMs
  if (firstDay >= lastDay) return { days: undefined, hours: [{ from, to }] }
  const edges = [
    { from, to: firstDay },
    { from: lastDay, to },
  ]
  return { days: { from: firstDay, to: lastDay }, hours: edges.filter((edge) => edge.from < edge.to) }
}
