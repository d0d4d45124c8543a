import { createRate } from './create-rate.ts'
import { hasSameLimits } from './has-same-limits.ts'
import type { Counter, CounterState, LeaseTurn, Taken } from './ledger.ts'

/** The permits that one taker was granted last. */
export interface Lease {
  /** A permit, if there is one, whatever its time and limits. @returns the counters without what is unused. */
  handOut(): CounterState[] | undefined
  /** A permit that is still valid, and was granted under these limits. */
  use(counters: readonly Counter[]): CounterState[] | undefined
  /** From now on nothing of it is used. @returns what to tell the ledger. */
  close(): LeaseTurn
  /** What the ledger answered to that. */
  open(own: LeaseTurn, counters: readonly Counter[], taken: Taken): void
  /** How many permits were used within a second. */
  usedPerSecond(): number
}

/** `id` is unique to the taker; `now` is in ms since the epoch. */
export function createLease({ id, now }: { id: string; now(): number }): Lease {
  const rate = createRate({ now })
  let grant: { counters: readonly Counter[]; validUntil: number; states: CounterState[] } | undefined
  let turn = 0
  let answered = 0
  let unused = 0
  const handOut = (): CounterState[] | undefined => {
    if (!grant || unused === 0) return undefined
    rate.add()
    unused -= 1
    return grant.states.map((state) => without(state, unused))
  }
  return {
    handOut,
    use: (counters) => {
      if (grant && (grant.validUntil <= now() || !hasSameLimits(grant.counters, counters))) grant = undefined
      return handOut()
    },
    close: () => {
      grant = undefined
      turn += 1
      return { id, turn, answered, unused }
    },
    open: (own, counters, { granted, validUntil, states }) => {
      answered = own.turn
      unused = granted
      grant = { counters, validUntil, states }
    },
    usedPerSecond: rate.perSecond,
  }
}

function without(state: CounterState, unused: number): CounterState {
  const used = Math.max(0, state.used - unused)
  return { ...state, used, remaining: Math.max(0, state.limit - used) }
}
