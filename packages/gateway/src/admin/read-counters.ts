import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import type { Counter, CounterState, Ledger } from '../ledger/ledger.ts'

/** How counters stand; `undefined` where their ledger cannot be reached. */
export async function readCounters(ledger: Ledger, counters: readonly Counter[]): Promise<CounterState[] | undefined> {
  if (counters.length === 0) return []
  try {
    return await ledger.read(counters)
  } catch (error) {
    if (error instanceof LedgerUnavailable) return undefined
    throw error
  }
}
