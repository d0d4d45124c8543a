import {
  createLedger,
  type Counter,
  type CounterState,
  type LedgerEngine,
  type Reservation,
  type Reserved,
  type Settlement,
  type Taken,
  type TakeRequest,
} from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'
import { createSqlLedgerState } from './sql-ledger-state.ts'

/** How often a ledger in use looks for what it can forget, ms. */
const cleanEveryMs = 300_000

/**
 * One ledger. Each operation runs from its beginning to its end without waiting, and is on disk, whole or not at all,
 * before its caller hears of it.
 */
export class Ledger extends DurableObject<Env> {
  #engine: LedgerEngine | undefined
  #alarmAt = Infinity

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    void state.blockConcurrencyWhile(async () => {
      this.#alarmAt = (await state.storage.getAlarm()) ?? Infinity
    })
  }

  reserve(reservation: Reservation): Reserved {
    return this.#run((engine, now) => engine.reserve(reservation, now))
  }

  settle(settlements: readonly Settlement[]): void {
    this.#run((engine, now) => engine.settle(settlements, now))
  }

  extend(id: string, holdMs: number): void {
    this.#run((engine, now) => engine.extend({ id, holdMs }, now))
  }

  take(request: TakeRequest): Taken {
    return this.#run((engine, now) => engine.take(request, now))
  }

  read(counters: readonly Counter[]): CounterState[] {
    return this.#run((engine, now) => engine.read(counters, now))
  }

  /** Forgets what is over; a ledger without anything left costs nothing. */
  override async alarm(): Promise<void> {
    this.#alarmAt = Infinity
    const { nextAt, isEmpty } = this.#operate((engine, now) => engine.clean(now))
    if (isEmpty) {
      this.#engine = undefined
      await this.ctx.storage.deleteAll()
    } else if (nextAt !== null) {
      const now = Date.now()
      this.#wakeAt(nextAt <= now ? now : Math.max(nextAt, now + cleanEveryMs))
    }
  }

  #run<T>(operate: (engine: LedgerEngine, now: number) => T): T {
    const result = this.#operate(operate)
    const cleanAt = Date.now() + cleanEveryMs
    if (this.#alarmAt > cleanAt) this.#wakeAt(cleanAt)
    return result
  }

  #operate<T>(operate: (engine: LedgerEngine, now: number) => T): T {
    try {
      return this.ctx.storage.transactionSync(() => {
        this.#engine ??= createLedger(createSqlLedgerState(this.ctx.storage.sql))
        return operate(this.#engine, Date.now())
      })
    } catch (error) {
      // What the engine had learnt from the database may have been undone with the transaction.
      this.#engine = undefined
      throw error
    }
  }

  #wakeAt(at: number): void {
    this.#alarmAt = at
    void this.ctx.storage.setAlarm(at)
  }
}
