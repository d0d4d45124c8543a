import { createLease } from './create-lease.ts'
import { createQueue, type StartTimer } from './create-queue.ts'
import { hasSameLimits } from './has-same-limits.ts'
import type { Counter, CounterState, Ledger, Taken } from './ledger.ts'
import { LedgerUnavailable } from './ledger-unavailable.ts'

/** Takes permits of one set of counters for one isolate: one call at a time, which all who wait share. */
export interface Taker {
  /** A permit of those in hand, if they were granted under the same limits and are still valid. */
  use(counters: readonly Counter[]): Grant | undefined
  /** Asks the ledger. Rejects when it does not answer. */
  take(counters: readonly Counter[]): Promise<Grant>
}

export interface Grant {
  /** The counters, without what this isolate has not used. */
  states: CounterState[]
  /** Set where there was no permit. */
  refused?: CounterState
  retryAt: number | null
}

export interface TakerOptions {
  /** Unique to this taker. */
  id: string
  ledger: Ledger
  /** Ms since the epoch. */
  now(): number
  startTimer: StartTimer
}

/** How long a call of somebody else is waited for, ms: its request may be gone, and the call with it. */
const patienceMs = 3000

export function createTaker({ id, ledger, now, startTimer }: TakerOptions): Taker {
  const lease = createLease({ id, now })
  /** The call that is on its way. */
  let call: { startedAt: number } | undefined
  const isOverdue = (): boolean => call !== undefined && now() - call.startedAt >= patienceMs
  const queue = createQueue<readonly Counter[], Grant | 'lead'>({
    patienceMs,
    startTimer,
    onImpatience: () => new LedgerUnavailable('The call that several waited for did not end.'),
  })

  /** Answers all whom the answer is for. If somebody is left, they make the next call. */
  const serve = (taken: Taken, counters: readonly Counter[]): void => {
    call = undefined
    const isMeant = (need: readonly Counter[]): boolean => hasSameLimits(need, counters)
    let next = queue.shift(isMeant)
    while (next) {
      const grant = toGrant(lease.handOut(), taken)
      if (!grant) break
      next.resolve(grant)
      next = queue.shift(isMeant)
    }
    next ??= queue.shift()
    if (!next) return
    call = { startedAt: now() }
    next.resolve('lead')
  }
  const lead = async (counters: readonly Counter[]): Promise<Grant> => {
    const mine = { startedAt: now() }
    call = mine
    const needed = 1 + queue.needs().filter((need) => hasSameLimits(need, counters)).length
    const own = lease.close()
    try {
      const wanted = Math.max(needed, lease.usedPerSecond())
      const taken = await ledger.take({ counters, needed, wanted, lease: own })
      if (call !== mine) throw new LedgerUnavailable('The answer came too late.')
      lease.open(own, counters, taken)
      const grant = toGrant(lease.handOut(), taken)
      if (!grant) throw new LedgerUnavailable('The ledger neither granted nor refused.')
      serve(taken, counters)
      return grant
    } catch (error) {
      if (call !== mine) throw error
      call = undefined
      for (let waiter = queue.shift(); waiter; waiter = queue.shift()) waiter.reject(error)
      throw error
    }
  }

  return {
    use: (counters) => {
      const states = lease.use(counters)
      return states && { states, retryAt: null }
    },
    take: async (counters) => {
      const grant = call === undefined || isOverdue() ? 'lead' : await queue.wait(counters)
      return grant === 'lead' ? lead(counters) : grant
    },
  }
}

/** A permit, or the ledger's refusal; `undefined`: neither, so it has to be asked again. */
function toGrant(permit: CounterState[] | undefined, { states, refused, retryAt = null }: Taken): Grant | undefined {
  if (permit) return { states: permit, retryAt: null }
  return refused && { states, refused, retryAt }
}
