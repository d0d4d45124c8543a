import { createLedger, type LedgerEngine } from './create-ledger.ts'
import { createMemoryLedgerState } from './create-memory-ledger-state.ts'
import type { Ledgers } from './ledger.ts'

/** How often everything is looked through for what can be forgotten, ms. */
const cleanEveryMs = 300_000

/** Ledgers in one process, for tests and for a gateway of one process. `now` is in ms since the epoch. */
export function createMemoryLedgers({ now }: { now(): number }): Ledgers {
  const engines = new Map<string, LedgerEngine>()
  let cleanAt = 0
  const clean = (at: number): void => {
    cleanAt = at + cleanEveryMs
    for (const [name, engine] of engines) if (engine.clean(at).isEmpty) engines.delete(name)
  }
  return {
    open: (name) => {
      const run = async <T>(operate: (engine: LedgerEngine, at: number) => T): Promise<T> => {
        const at = now()
        if (at >= cleanAt) clean(at)
        const engine = engines.get(name) ?? createLedger(createMemoryLedgerState())
        engines.set(name, engine)
        return operate(engine, at)
      }
      return {
        reserve: (reservation) => run((engine, at) => engine.reserve(reservation, at)),
        settle: (settlements) => run((engine, at) => engine.settle(settlements, at)),
        extend: (id, holdMs) => run((engine, at) => engine.extend({ id, holdMs }, at)),
        take: (request) => run((engine, at) => engine.take(request, at)),
        read: (counters) => run((engine, at) => engine.read(counters, at)),
      }
    },
  }
}
