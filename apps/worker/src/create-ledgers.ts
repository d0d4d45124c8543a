import { LedgerUnavailable, type Ledgers } from '@gw/gateway'
import type { Env } from './env.ts'
import type { Ledger } from './ledger.ts'

export interface LedgersOptions {
  /** How long a call may take, a second try included, ms. Default 2,000. */
  timeoutMs?: number
}

/**
 * Ledgers, each in a Durable Object of its own. A call that fails or takes too long rejects with `LedgerUnavailable`. One
 * that the runtime says may be tried again is, once: every operation may be repeated.
 */
export function createLedgers({ LEDGERS }: Pick<Env, 'LEDGERS'>, { timeoutMs = 2000 }: LedgersOptions = {}): Ledgers {
  return {
    open: (name) => {
      const id = LEDGERS.idFromName(name)
      // After an exception a stub may stay broken, so each try has its own.
      const call = <T>(operate: (stub: DurableObjectStub<Ledger>) => Promise<T>): Promise<T> =>
        inTime(
          retried(() => operate(LEDGERS.get(id))),
          timeoutMs,
        )
      return {
        reserve: (reservation) => call(async (stub) => stub.reserve(reservation)),
        settle: (settlements) => call(async (stub) => stub.settle(settlements)),
        extend: (holdId, holdMs) => call(async (stub) => stub.extend(holdId, holdMs)),
        take: (request) => call(async (stub) => stub.take(request)),
        read: (counters) => call(async (stub) => stub.read(counters)),
      }
    },
  }
}

async function retried<T>(operate: () => Promise<T>): Promise<T> {
  try {
    return await operate()
  } catch (error) {
    if (!(error instanceof Error && 'retryable' in error && error.retryable === true)) throw error
    return operate()
  }
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${timeoutMs} ms.`)), timeoutMs)
  })
  try {
    return await Promise.race([work, timeout])
  } catch (cause) {
    throw new LedgerUnavailable('The ledger did not answer.', { cause })
  } finally {
    clearTimeout(timer)
  }
}
