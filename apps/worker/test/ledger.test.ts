import { createLedger, createMemoryLedgerState, LedgerUnavailable, type Counter, type LedgerEngine } from '@gw/gateway'
import {
  abortAllDurableObjects,
  env,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLedgers } from '../src/create-ledgers.ts'
import type { Ledger } from '../src/ledger.ts'
import { createSqlLedgerState } from '../src/sql-ledger-state.ts'

/** So far ahead that no alarm comes by itself. */
const noon = Date.parse('2100-11-21T12:00:00Z')
const day = 86_400_000
const daily = (limit: number): Counter => ({ id: 'c', limit, window: { kind: 'day' }, isHard: true })

/** The objects' clock, ms since the epoch. */
let now = noon
beforeEach(() => {
  now = noon
  vi.spyOn(Date, 'now').mockImplementation(() => now)
})
afterEach(() => void vi.restoreAllMocks())

/** A ledger that no other test has, and its object. */
function open() {
  const name = crypto.randomUUID()
  const id = env.LEDGERS.idFromName(name)
  return { ledger: createLedgers(env).open(name), stub: () => env.LEDGERS.get(id) }
}

const alarmOf = (stub: DurableObjectStub<Ledger>): Promise<number | null> =>
  runInDurableObject(stub, (_, { storage }) => storage.getAlarm())

const tables = ['cells', 'holds', 'lapsed_holds', 'settled', 'leases']

/** How many rows the object has of each kind. */
function rowsOf(stub: DurableObjectStub<Ledger>): Promise<Record<string, number>> {
  return runInDurableObject(stub, (_, { storage: { sql } }) =>
    Object.fromEntries(
      tables.map((table) => [table, sql.exec<{ count: number }>(`SELECT count(*) AS count FROM ${table}`).one().count]),
    ),
  )
}

test('five hundred reservations at once never pass a hard counter', async () => {
  const { ledger } = open()
  const counters = [daily(1000), { ...daily(120), id: 'd' }]
  const all = await Promise.all(
    Array.from({ length: 500 }, (_, index) => ledger.reserve({ id: `r${index}`, counters, amount: 1, holdMs: 60_000 })),
  )
  expect(all.filter(({ ok }) => ok)).toHaveLength(120)
  expect((await ledger.read(counters)).map(({ used }) => used)).toEqual([120, 120])
})

test('five hundred permits at once are as many as the limit', async () => {
  const { ledger } = open()
  const all = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      ledger.take({ counters: [daily(300)], wanted: 50, lease: { id: `i${index}`, turn: 1, answered: 0, unused: 0 } }),
    ),
  )
  expect(all.reduce((sum, { granted }) => sum + granted, 0)).toBe(300)
})

test.each([
  ['is evicted', (stub: DurableObjectStub) => evictDurableObject(stub)],
  ['is aborted', () => abortAllDurableObjects()],
])('what a ledger knows survives when its object %s', async (_, end) => {
  const { ledger, stub } = open()
  const counters = [daily(10)]
  await ledger.reserve({ id: 'a', counters, amount: 3, holdMs: 60_000 })
  await ledger.reserve({ id: 'b', counters, amount: 2, holdMs: 60_000 })
  await ledger.settle([{ id: 'b', amount: 1 }])
  const lease = { id: 'i', turn: 1, answered: 0, unused: 0 }
  const taken = await ledger.take({ counters, wanted: 1, lease })
  await end(stub())
  expect(await ledger.take({ counters, wanted: 1, lease })).toEqual(taken)
  expect(await ledger.read(counters)).toMatchObject([{ used: 5, held: 3 }])
  await expect(ledger.reserve({ id: 'b', counters, amount: 1, holdMs: 1 })).rejects.toThrow(LedgerUnavailable)
  now += 60_000
  expect(await ledger.read(counters)).toMatchObject([{ used: 2, held: 0 }])
  await ledger.settle([{ id: 'a', amount: 4 }])
  expect(await ledger.read(counters)).toMatchObject([{ used: 6, held: 0 }])
})

test('a hold that lapses returns with the next operation, or with the alarm', async () => {
  const { ledger, stub } = open()
  await ledger.reserve({ id: 'a', counters: [daily(10)], amount: 10, holdMs: 1000 })
  now += 1000
  expect((await ledger.reserve({ id: 'b', counters: [daily(10)], amount: 10, holdMs: 1000 })).ok).toBe(true)
  now += 1000
  expect(await runDurableObjectAlarm(stub())).toBe(true)
  expect(await rowsOf(stub())).toMatchObject({ holds: 0, lapsed_holds: 2 })
})

describe('the alarm', () => {
  test('comes five minutes after an operation, and forgets what is over', async () => {
    const { ledger, stub } = open()
    const counters: Counter[] = [daily(10), { ...daily(10), window: { kind: 'fixed', ms: 1000 } }]
    await ledger.reserve({ id: 'a', counters, amount: 1, holdMs: 1000 })
    await ledger.settle([{ id: 'a', amount: 1 }])
    await ledger.take({ counters, wanted: 1, lease: { id: 'i', turn: 1, answered: 0, unused: 0 } })
    expect(await alarmOf(stub())).toBe(noon + 300_000)
    expect(await rowsOf(stub())).toEqual({ cells: 2, holds: 0, lapsed_holds: 0, settled: 1, leases: 1 })

    now += 300_000
    await runDurableObjectAlarm(stub())
    expect(await rowsOf(stub())).toEqual({ cells: 1, holds: 0, lapsed_holds: 0, settled: 1, leases: 1 })
    now = (await alarmOf(stub())) ?? 0
    await runDurableObjectAlarm(stub())
    expect(await rowsOf(stub())).toEqual({ cells: 1, holds: 0, lapsed_holds: 0, settled: 0, leases: 1 })
  })

  test('stays when the object starts again, and comes sooner when there is more to do', async () => {
    const { ledger, stub } = open()
    const settleOne = async (id: string) => {
      await ledger.reserve({ id, counters: [daily(10)], amount: 1, holdMs: 1000 })
      await ledger.settle([{ id, amount: 1 }])
    }
    await settleOne('a')
    await evictDurableObject(stub())
    now += 60_000
    await settleOne('b')
    expect(await alarmOf(stub())).toBe(noon + 300_000)
    for (let alarms = 0; alarms < 2; alarms += 1) {
      now = (await alarmOf(stub())) ?? 0
      await runDurableObjectAlarm(stub())
    }
    expect(await alarmOf(stub())).toBe(noon + day / 2 + 60_000)
    await settleOne('c')
    expect(await alarmOf(stub())).toBe(now + 300_000)
  })

  test('forgets no settled id within 15 minutes', async () => {
    const { ledger, stub } = open()
    const reservation = { id: 'a', counters: [daily(10)], amount: 1, holdMs: 1000 }
    now = noon + 899_999
    await ledger.reserve(reservation)
    await ledger.settle([{ id: 'a', amount: 1 }])
    now += 899_999
    await runDurableObjectAlarm(stub())
    await expect(ledger.reserve(reservation)).rejects.toThrow(LedgerUnavailable)
    now += 900_001
    await runDurableObjectAlarm(stub())
    expect((await ledger.reserve(reservation)).ok).toBe(true)
  })

  test('deletes everything when nothing is left, and the object still works', async () => {
    const { ledger, stub } = open()
    await ledger.take({ counters: [daily(10)], wanted: 1, lease: { id: 'i', turn: 1, answered: 0, unused: 0 } })
    now += 2 * day
    await runDurableObjectAlarm(stub())
    const left = await runInDurableObject(stub(), async (_, { storage }) => [
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray(),
      await storage.getAlarm(),
    ])
    expect(left).toEqual([[], null])
    expect(await ledger.read([daily(10)])).toMatchObject([{ used: 0 }])
    expect((await ledger.reserve({ id: 'a', counters: [daily(10)], amount: 10, holdMs: 1000 })).ok).toBe(true)
  })

  test('keeps storage bounded under load', async () => {
    const { stub } = open()
    const counters: Counter[] = [{ ...daily(1e6), window: { kind: 'fixed', ms: 1000 } }]
    const sizes: number[] = []
    for (let hour = 0; hour < 6; hour += 1) {
      await runInDurableObject(stub(), async (object) => {
        for (let minute = 0; minute < 60; minute += 5) {
          now = noon + hour * 3_600_000 + minute * 60_000
          const ids = Array.from({ length: 20 }, (_, index) => `${now}-${index}`)
          for (const id of ids) object.reserve({ id, counters, amount: 1, holdMs: 1000 })
          object.settle(ids.map((id) => ({ id, amount: 1 })))
          object.take({ counters, wanted: 1, lease: { id: `i${now}`, turn: 1, answered: 0, unused: 0 } })
          await object.alarm()
        }
      })
      sizes.push(Object.values(await rowsOf(stub())).reduce((sum, count) => sum + count, 0))
    }
    // What 15 to 30 minutes leave behind, and an hour of takers.
    expect(Math.max(...sizes)).toBeLessThan(150)
  })

  test('forgets in several goes what is too much for one', async () => {
    const { ledger, stub } = open()
    await ledger.read([])
    await runInDurableObject(stub(), (_, { storage: { sql } }) =>
      sql.exec(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5001) INSERT INTO settled SELECT 0, 'id' || i FROM n",
      ),
    )
    await runDurableObjectAlarm(stub())
    expect(await rowsOf(stub())).toMatchObject({ settled: 1 })
    expect(await alarmOf(stub())).toBe(now)
    await runDurableObjectAlarm(stub())
    const tablesLeft = await runInDurableObject(stub(), (_, { storage: { sql } }) =>
      sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'settled'").toArray(),
    )
    expect(tablesLeft).toEqual([])
  })
})

describe('a ledger that cannot be asked', () => {
  const counters = [daily(10)]
  const lease = { id: 'i', turn: 1, answered: 0, unused: 0 }

  test('is unavailable when it takes too long', async () => {
    const name = crypto.randomUUID()
    const stub = env.LEDGERS.get(env.LEDGERS.idFromName(name))
    let unblock = (): void => undefined
    let blocking: Promise<void> | undefined
    await new Promise<void>((started) => {
      blocking = runInDurableObject(stub, (_, state) =>
        state.blockConcurrencyWhile(() => {
          started()
          return new Promise((resolve) => (unblock = resolve))
        }),
      )
    })
    const ledger = createLedgers(env, { timeoutMs: 5 }).open(name)
    await expect(ledger.read(counters)).rejects.toThrow(LedgerUnavailable)
    unblock()
    await blocking
    expect(await createLedgers(env).open(name).read(counters)).toMatchObject([{ used: 0 }])
  })

  /** A namespace whose first calls fail. */
  function failing(error: Error, times: number) {
    const name = crypto.randomUUID()
    const stub = env.LEDGERS.get(env.LEDGERS.idFromName(name))
    const take = vi.spyOn(stub, 'take')
    for (let time = 0; time < times; time += 1) take.mockRejectedValueOnce(error)
    vi.spyOn(env.LEDGERS, 'get').mockReturnValue(stub)
    return { ledger: createLedgers(env).open(name), take }
  }

  test('is asked once more where the runtime says so', async () => {
    const { ledger, take } = failing(Object.assign(new Error('reset'), { retryable: true }), 1)
    expect(await ledger.take({ counters, wanted: 1, lease })).toMatchObject({ granted: 1, states: [{ used: 1 }] })
    expect(take).toHaveBeenCalledTimes(2)
  })

  test('is not asked a third time', async () => {
    const { ledger, take } = failing(Object.assign(new Error('reset'), { retryable: true }), 2)
    await expect(ledger.take({ counters, wanted: 1, lease })).rejects.toThrow(LedgerUnavailable)
    expect(take).toHaveBeenCalledTimes(2)
  })

  test('is not asked again after any other error', async () => {
    const { ledger, take } = failing(Object.assign(new Error('broken'), { retryable: false }), 1)
    await expect(ledger.take({ counters, wanted: 1, lease })).rejects.toThrow(LedgerUnavailable)
    expect(take).toHaveBeenCalledTimes(1)
  })
})

test('an operation that throws changes nothing, and hides nothing from the next', async () => {
  const { ledger } = open()
  const counters = [daily(10)]
  const take = (turn: number) => ledger.take({ counters, wanted: 1, lease: { id: 'i', turn, answered: 0, unused: 0 } })
  await take(2)
  await ledger.reserve({ id: 'a', counters, amount: 3, holdMs: 1000 })
  const wrong = [
    { id: 'a', amount: 1 },
    { id: 'b', amount: -1 },
  ]
  await expect(ledger.settle(wrong)).rejects.toThrow(LedgerUnavailable)
  expect(await ledger.read(counters)).toMatchObject([{ used: 4, held: 3 }])
  now += 1000
  await expect(take(1)).rejects.toThrow(LedgerUnavailable)
  expect(await ledger.read(counters)).toMatchObject([{ used: 1, held: 0 }])
})

type Operation = (engine: LedgerEngine, at: number) => unknown

/** The names are few, so that operations meet. */
const ids = fc.constantFrom('a', 'b', 'c')
const windows = fc.constantFrom<Counter['window']>(
  { kind: 'fixed', ms: 1000 },
  { kind: 'sliding', ms: 1000 },
  { kind: 'day' },
  { kind: 'total' },
)
const sets = fc.array(
  fc.record({
    id: fc.constantFrom('x', 'y'),
    limit: fc.integer({ min: 0, max: 60 }),
    window: windows,
    isHard: fc.boolean(),
  }),
  { maxLength: 3 },
)
const amounts = fc.integer({ min: 0, max: 30 })
const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ id: ids, counters: sets, amount: amounts, holdMs: fc.integer({ min: 0, max: 3000 }) }).map(
    (reservation): Operation =>
      (engine, at) =>
        engine.reserve(reservation, at),
  ),
  fc.array(fc.record({ id: ids, amount: fc.option(amounts) }), { maxLength: 3 }).map((settlements): Operation => {
    return (engine, at) => engine.settle(settlements, at)
  }),
  fc.record({ id: ids, holdMs: amounts }).map(
    (extension): Operation =>
      (engine, at) =>
        engine.extend(extension, at),
  ),
  fc
    .record({
      counters: sets,
      wanted: amounts,
      needed: amounts,
      lease: fc.record({ id: ids, turn: amounts, answered: amounts, unused: amounts }),
    })
    .map(
      (request): Operation =>
        (engine, at) =>
          engine.take(request, at),
    ),
  sets.map(
    (counters): Operation =>
      (engine, at) =>
        engine.read(counters, at),
  ),
  fc.constant<Operation>((engine, at) => engine.clean(at)),
)

test('the database remembers as maps do', async () => {
  const { stub } = open()
  await runInDurableObject(stub(), (_, { storage }) => {
    const outcome = (operate: () => unknown): unknown => {
      try {
        return operate()
      } catch (error) {
        return String(error)
      }
    }
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), operations), { minLength: 5, maxLength: 40 })
    fc.assert(
      fc.property(steps, (sequence) => {
        for (const table of tables) storage.sql.exec(`DROP TABLE IF EXISTS ${table}`)
        const [real, model] = [createLedger(createSqlLedgerState(storage.sql)), createLedger(createMemoryLedgerState())]
        let at = noon
        for (const [later, operate] of sequence) {
          at += later
          const expected = outcome(() => operate(model, at))
          const actual = outcome(() => operate(real, at))
          if (typeof expected === 'object' && expected !== null && 'nextAt' in expected) continue
          expect(actual).toEqual(expected)
        }
      }),
      { numRuns: 300 },
    )
  })
})
