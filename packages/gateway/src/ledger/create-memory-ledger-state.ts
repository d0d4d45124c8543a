import { settledMemoryMs, type Cell, type Hold, type LastGrant, type LedgerState } from './ledger-state.ts'

/** A ledger's memory in maps: gone with its process. `clean` forgets everything that is over, however much. */
export function createMemoryLedgerState(): LedgerState {
  const cells = new Map<string, Cell>()
  const alive = new Map<string, Hold>()
  const lapsed = new Map<string, Hold>()
  const settled = new Map<string, number>()
  const leases = new Map<string, LastGrant>()
  /** No hold that is alive ends before. */
  let earliest = Infinity
  return {
    cell: (key) => cells.get(key),
    putCell: (key, cell) => void cells.set(key, cell),
    hold: (id) => alive.get(id) ?? lapsed.get(id),
    putHold: (id, hold) => {
      const [to, from] = hold.isLapsed ? [lapsed, alive] : [alive, lapsed]
      from.delete(id)
      to.set(id, hold)
      if (!hold.isLapsed) earliest = Math.min(earliest, hold.until)
    },
    removeHold: (id) => void (alive.delete(id) || lapsed.delete(id)),
    overdue: (now) => {
      if (now < earliest) return []
      const holds = [...alive]
      earliest = Math.min(...holds.flatMap(([, { until }]) => (until > now ? [until] : [])))
      return holds.filter(([, { until }]) => until <= now)
    },
    isSettled: (id, now) => (settled.get(id) ?? now) > now,
    markSettled: (id, now) => void settled.set(id, now + settledMemoryMs),
    lease: (id) => leases.get(id),
    putLease: (id, lease) => void leases.set(id, lease),
    clean: (now) => {
      const next = [
        forget(cells, ({ keepUntil }) => keepUntil, now),
        forget(lapsed, ({ until }) => until, now),
        forget(settled, (until) => until, now),
        forget(leases, ({ keepUntil }) => keepUntil, now),
        earliest,
      ]
      const first = Math.min(...next)
      const kept = cells.size + alive.size + lapsed.size + settled.size + leases.size
      return { nextAt: first === Infinity ? null : first, isEmpty: kept === 0 }
    },
  }
}

/** Removes what is over. @returns when the next is, ms since the epoch; Infinity when none will be. */
function forget<T>(map: Map<string, T>, untilOf: (value: T) => number | null, now: number): number {
  let next = Infinity
  for (const [key, value] of map) {
    const until = untilOf(value) ?? Infinity
    if (until <= now) map.delete(key)
    else next = Math.min(next, until)
  }
  return next
}
