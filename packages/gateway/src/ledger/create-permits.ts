import { createLocalLimits } from './create-local-limits.ts'
import type { StartTimer } from './create-queue.ts'
import { createTaker, type Grant, type Taker } from './create-taker.ts'
import type { Counter, CounterState, Ledgers } from './ledger.ts'

/** The permits that one isolate holds, so that most requests need not ask a ledger. */
export interface Permits {
  take(request: PermitRequest): Promise<Permit>
}

export interface PermitRequest {
  /** The ledger's name. */
  ledger: string
  counters: readonly Counter[]
  /** Permits are of 1. */
  cost?: 1
  /** Keeps a call alive for those who share it when its own request is gone, such as `execution.waitUntil`. */
  waitUntil?(work: Promise<unknown>): void
}

export type Permit =
  | {
      ok: true
      states: CounterState[]
      /** The ledger counted it. Otherwise this isolate let it pass by itself. */
      isChecked: boolean
    }
  | {
      ok: false
      refused: CounterState
      /** How long to wait, ms; `null`: waiting does not help. */
      retryAfterMs: number | null
      states: CounterState[]
      isChecked: boolean
    }

export interface PermitsOptions {
  ledgers: Ledgers
  /** Ms since the epoch. */
  now(): number
  /** A unique id. Default `crypto.randomUUID`. */
  createId?(): string
  /** Default `setTimeout`. */
  startTimer?: StartTimer
}

/** How long a ledger that failed is not asked again, ms. */
const circuitMs = 1000
/** Sets of counters whose leases are kept at most; the permits of the ones used longest ago count as used. */
const mostTakers = 10_000

/**
 * Takes permits in leases, so that a limit is never exceeded: what a ledger granted is spent, whether it is used or not.
 * While a ledger does not answer, each isolate lets a tenth of each limit pass.
 */
export function createPermits(options: PermitsOptions): Permits {
  const { ledgers, now } = options
  const createId = options.createId ?? (() => crypto.randomUUID())
  const startTimer = options.startTimer ?? startTimeout
  const local = createLocalLimits({ now })
  const takers = new Map<string, Taker>()
  const closedUntil = new Map<string, number>()

  const takerOf = (name: string, counters: readonly Counter[]): Taker => {
    const key = JSON.stringify([name, ...counters.map(cellOf)])
    const taker = takers.get(key) ?? createTaker({ id: createId(), ledger: ledgers.open(name), now, startTimer })
    takers.delete(key)
    takers.set(key, taker)
    const [oldest] = takers.keys()
    if (takers.size > mostTakers && oldest !== undefined) takers.delete(oldest)
    return taker
  }
  const isClosed = (name: string): boolean => {
    const until = closedUntil.get(name)
    if (until !== undefined && until <= now()) closedUntil.delete(name)
    return closedUntil.has(name)
  }
  const ask = async ({ ledger, counters }: PermitRequest, taker: Taker): Promise<Grant | undefined> => {
    if (isClosed(ledger)) return undefined
    try {
      return await taker.take(counters)
    } catch {
      closedUntil.set(ledger, now() + circuitMs)
      return undefined
    }
  }
  const alone = ({ ledger, counters }: PermitRequest): Permit => {
    const { states, refused } = local.take(ledger, counters)
    if (!refused) return { ok: true, states, isChecked: false }
    return { ok: false, refused, retryAfterMs: msUntil(refused.resetsAt), states, isChecked: false }
  }
  const msUntil = (at: number | null): number | null => (at === null ? null : Math.max(1, at - now()))

  return {
    take: async (request) => {
      const { ledger, counters } = request
      if (counters.length === 0) return { ok: true, states: [], isChecked: true }
      const taker = takerOf(ledger, counters)
      const grant = taker.use(counters) ?? (await kept(ask(request, taker), request))
      if (!grant) return alone(request)
      const { states, refused, retryAt } = grant
      if (!refused) return { ok: true, states, isChecked: true }
      return { ok: false, refused, retryAfterMs: msUntil(retryAt), states, isChecked: true }
    },
  }
}

/** What decides where a permit is counted: not the limit. */
function cellOf({ id, window }: Counter): string {
  return `${window.kind} ${'ms' in window ? window.ms : ''} ${id}`
}

/** The same work, which others wait for too. */
function kept<T>(work: Promise<T>, { waitUntil }: PermitRequest): Promise<T> {
  waitUntil?.(work)
  return work
}

function startTimeout(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
