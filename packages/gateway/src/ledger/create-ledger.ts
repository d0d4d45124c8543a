import type { Counter, CounterState, Reservation, Reserved, Settlement, TakeRequest, Taken } from './ledger.ts'
import type { Cleaned, Hold, LastGrant, LedgerState } from './ledger-state.ts'
import { openCounts, type Counts } from './open-counts.ts'
import { windowOf } from './window-of.ts'

/** A ledger without waiting: every operation is done when it returns. `now` is in ms since the epoch. */
export interface LedgerEngine {
  reserve(reservation: Reservation, now: number): Reserved
  settle(settlements: readonly Settlement[], now: number): void
  extend(extension: { id: string; holdMs: number }, now: number): void
  take(request: TakeRequest, now: number): Taken
  read(counters: readonly Counter[], now: number): CounterState[]
  /** Forgets what nobody can ask for any more. */
  clean(now: number): Cleaned
}

/** How long a lapsed hold is remembered, ms: a queue delivers settlements for up to 14 days. */
const lapsedMemoryMs = 15 * 86_400_000
/** How long a taker's last grant is remembered, ms. */
const leaseMemoryMs = 3_600_000
/** How long permits may be used at most, ms. */
const leaseMs = 10_000
const mostPermits = 64
/** One of this many permits that are left may be granted ahead of need. */
const shareAhead = 50
/** Things of each kind that one `clean` forgets at most; it takes some ms. */
const cleanedAtOnce = 5000

/** The one counting engine: rate limits, tokens, budgets and neurons. A refused or throwing operation changes nothing. */
export function createLedger(state: LedgerState): LedgerEngine {
  return {
    reserve: (reservation, now) => reserve(reservation, state, now),
    settle: (settlements, now) => settle(settlements, state, now),
    extend: ({ id, holdMs }, now) => {
      assertCount(holdMs, 'holdMs')
      lapse(state, now)
      const hold = state.hold(id)
      if (hold && !hold.isLapsed) state.putHold(id, { ...hold, until: now + holdMs })
    },
    take: (request, now) => take(request, state, now),
    read: (counters, now) => {
      assertCounters(counters)
      lapse(state, now)
      return statesOf(counters, openCounts(state, now))
    },
    clean: (now) => {
      lapse(state, now)
      return state.clean(now, cleanedAtOnce)
    },
  }
}

function reserve({ id, counters, amount, holdMs }: Reservation, state: LedgerState, now: number): Reserved {
  assertCounters(counters)
  assertCount(amount, 'amount')
  assertCount(holdMs, 'holdMs')
  if (state.isSettled(id, now)) throw new Error(`Reservation ${id} has been settled.`)
  lapse(state, now)
  const counts = openCounts(state, now)
  const old = state.hold(id)
  if (old && !old.isLapsed) counts.change(old.cells, { held: -old.amount })

  const refusing = counters.find((counter) => counter.isHard && counts.state(counter).used + amount > counter.limit)
  if (refusing) {
    const unchanged = openCounts(state, now)
    const retryAt = counts.fitsAt(refusing, amount)
    return { ok: false, refused: unchanged.state(refusing), retryAt, states: statesOf(counters, unchanged) }
  }
  const cells = counts.keys(counters)
  counts.change(cells, { held: amount })
  counts.save()
  state.putHold(id, { amount, cells, isLapsed: false, until: now + holdMs })
  return { ok: true, states: statesOf(counters, counts) }
}

function settle(settlements: readonly Settlement[], state: LedgerState, now: number): void {
  for (const { amount } of settlements) if (amount !== null) assertCount(amount, 'amount')
  lapse(state, now)
  const counts = openCounts(state, now)
  for (const { id, amount } of settlements) {
    const hold = state.hold(id)
    if (!hold) continue
    counts.change(hold.cells, { spent: amount ?? hold.amount, held: hold.isLapsed ? 0 : -hold.amount })
    state.removeHold(id)
    state.markSettled(id, now)
  }
  counts.save()
}

function take({ counters, wanted, needed = 1, lease }: TakeRequest, state: LedgerState, now: number): Taken {
  assertCounters(counters)
  for (const [name, value] of Object.entries({ wanted, needed, ...lease, id: 0 })) assertCount(value, name)
  lapse(state, now)
  const counts = openCounts(state, now)
  const last = state.lease(lease.id)
  if (last && last.turn > lease.turn) throw new Error(`Turn ${lease.turn} of lease ${lease.id} is over.`)
  if (last && last.turn === lease.turn && last.granted > 0) return taken({ counters, needed }, last, counts)

  if (last) counts.change(last.cells, { spent: -goesBack(last, lease) })
  const granted = permits({ counters, wanted, needed }, counts)
  const cells = counts.keys(counters)
  counts.change(cells, { spent: granted })
  counts.save()
  const next = { turn: lease.turn, granted, at: now, cells, keepUntil: now + leaseMemoryMs }
  state.putLease(lease.id, next)
  return taken({ counters, needed }, next, counts)
}

/** How many permits of the last grant its taker will not use. */
function goesBack({ turn, granted }: LastGrant, lease: TakeRequest['lease']): number {
  return turn > lease.answered ? granted : Math.min(granted, lease.unused)
}

type Need = Required<Pick<TakeRequest, 'counters' | 'wanted' | 'needed'>>

/** As many as are needed now, and more where that is a small part of what is left. */
function permits({ counters, wanted, needed }: Need, counts: Counts): number {
  const hard = counters.filter(({ isHard }) => isHard)
  const left = Math.min(...hard.map((counter) => counts.state(counter).remaining))
  const isSliding = counters.some(({ window }) => window.kind === 'sliding')
  const ahead = isSliding ? 0 : Math.min(wanted, mostPermits, Math.floor(left / shareAhead))
  return Math.min(left, Math.max(needed, ahead))
}

function taken({ counters, needed }: Omit<Need, 'wanted'>, { granted, at }: LastGrant, counts: Counts): Taken {
  const ends = counters.flatMap(({ window }) => windowOf(window, at).end ?? [])
  const answer = { granted, validUntil: Math.min(at + leaseMs, ...ends), states: statesOf(counters, counts) }
  if (granted >= needed) return answer
  const full = counters.find((counter) => counter.isHard && counts.state(counter).remaining === 0)
  return full ? { ...answer, refused: counts.state(full), retryAt: counts.fitsAt(full, 1) } : answer
}

/** Takes back what is held by requests of which nobody heard in time. */
function lapse(state: LedgerState, now: number): void {
  const overdue = state.overdue(now)
  if (overdue.length === 0) return
  const counts = openCounts(state, now)
  for (const [id, hold] of overdue) {
    counts.change(hold.cells, { held: -hold.amount })
    const lapsed: Hold = { ...hold, isLapsed: true, until: hold.until + lapsedMemoryMs }
    state.putHold(id, lapsed)
  }
  counts.save()
}

const statesOf = (counters: readonly Counter[], counts: Counts): CounterState[] =>
  counters.map((counter) => counts.state(counter))

function assertCounters(counters: readonly Counter[]): void {
  for (const { limit } of counters) assertCount(limit, 'limit')
}

function assertCount(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is not a whole number of 0 or more.`)
}
