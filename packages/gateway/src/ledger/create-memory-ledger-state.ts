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
      const over = [...alive].filter(([, { until }]) => until <= now)
      earliest = firstAfter(alive, ({ until }) => until, now)
      return over
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
        firstAfter(alive, ({ until }) => until, now),
      ]
      const first = Math.min(...next)
      const kept = cells.size + alive.size + lapsed.size + settled.size + leases.size
      return { nextAt: first === Infinity ? null : first, isEmpty: kept === 0 }
    },
  }
}

type TimeOf<T> = (value: T) => number | null

/** The first time after `now`, ms since the epoch; Infinity where there is none. */
function firstAfter<T>(map: ReadonlyMap<string, T>, timeOf: TimeOf<T>, now: number): number {
  let first = Infinity
  for (const value of map.values()) {
    const time = timeOf(value) ?? Infinity
    if (time > now && time < first) first = time
  }
  return first
}

/** Removes what is over. @returns when the next will be. */
function forget<T>(map: Map<string, T>, timeOf: TimeOf<T>, now: number): number {
  for (const [key, value] of map) if ((timeOf(value) ?? Infinity) <= now) map.delete(key)
  return firstAfter(map, timeOf, now)
}
