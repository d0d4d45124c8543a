import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLedger, type LedgerEngine } from './create-ledger.ts'
import { createMemoryLedgerState } from './create-memory-ledger-state.ts'
import type { Counter, CounterState, CounterWindow, LeaseTurn } from './ledger.ts'

// The model keeps every fact as it happened and adds them up anew for each question.

interface Hold {
  id: string
  counters: readonly Counter[]
  at: number
  amount: number
  until: number
  settled: number | undefined
}

interface Grant {
  counters: readonly Counter[]
  at: number
  turn: number
  used: number
}

interface Model {
  holds: Hold[]
  grants: Map<string, Grant>
  oldGrants: Grant[]
  settledAt: Map<string, number>
}

const start = Date.parse('2028-02-28T22:00:00Z')

function isSameWindow(window: CounterWindow, a: number, b: number): boolean {
  const iso = (at: number): string => new Date(at).toISOString()
  if (window.kind === 'day') return iso(a).slice(0, 10) === iso(b).slice(0, 10)
  if (window.kind === 'month') return iso(a).slice(0, 7) === iso(b).slice(0, 7)
  return window.kind === 'total' || Math.floor(a / window.ms) === Math.floor(b / window.ms)
}

const isCell = (a: Counter, b: Counter): boolean =>
  a.id === b.id && JSON.stringify(a.window) === JSON.stringify(b.window)

/** What counts for a counter in the window that holds `at`, as known at `now`. */
function sum(model: Model, counter: Counter, { at, now }: { at: number; now: number }): { used: number; held: number } {
  const counts = (fact: { counters: readonly Counter[]; at: number }): boolean =>
    fact.counters.some((other) => isCell(other, counter)) && isSameWindow(counter.window, fact.at, at)
  const holds = model.holds.filter(counts)
  const held = holds.reduce((all, hold) => all + (hold.settled === undefined && hold.until > now ? hold.amount : 0), 0)
  const settled = holds.reduce((all, hold) => all + (hold.settled ?? 0), 0)
  const granted = [...model.grants.values(), ...model.oldGrants].filter(counts).reduce((all, { used }) => all + used, 0)
  return { used: held + settled + granted, held }
}

function usedOf(model: Model, counter: Counter, now: number): { used: number; held: number } {
  const { window } = counter
  const current = sum(model, counter, { at: now, now })
  if (window.kind !== 'sliding') return current
  const before = sum(model, counter, { at: now - window.ms, now })
  const left = window.ms - (now % window.ms)
  const weigh = (amount: number): number => Math.ceil((amount * left) / window.ms)
  return { used: current.used + weigh(before.used), held: current.held + weigh(before.held) }
}

const statesOf = (model: Model, counters: readonly Counter[], now: number): Partial<CounterState>[] =>
  counters.map((counter) => {
    const { used, held } = usedOf(model, counter, now)
    return { id: counter.id, used, held, remaining: Math.max(0, counter.limit - used) }
  })

const withoutHold = (model: Model, id: string, now: number): Model => ({
  ...model,
  holds: model.holds.filter((hold) => hold.id !== id || hold.settled !== undefined || hold.until <= now),
})

function messageOf(operate: () => unknown): unknown {
  try {
    return operate()
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

interface World {
  model: Model
  ledger: LedgerEngine
  now: number
  takers: Map<string, LeaseTurn & { granted: number }>
}

/** What the ledger says, and what the facts say. */
type Check = [actual: unknown, expected: unknown]

type Step = (world: World) => Check[]

const leaseMemoryMs = 3_600_000

const seconds: CounterWindow = { kind: 'fixed', ms: 2000 }
const cells: Omit<Counter, 'limit' | 'isHard'>[] = [
  { id: 'a', window: seconds },
  { id: 'a', window: { kind: 'day' } },
  { id: 'b', window: { kind: 'sliding', ms: 3000 } },
  { id: 'b', window: { kind: 'month' } },
  { id: 'c', window: { kind: 'total' } },
]
const counterLists = fc.array(
  fc
    .tuple(fc.constantFrom(...cells), fc.integer({ min: 0, max: 400 }), fc.boolean())
    .map(([cell, limit, isHard]): Counter => ({ ...cell, limit, isHard })),
  { maxLength: 4 },
)
const ids = fc.constantFrom('r1', 'r2', 'r3', 'r4')
const amounts = fc.integer({ min: 0, max: 120 })

const reserving: fc.Arbitrary<Step> = fc
  .record({ id: ids, counters: counterLists, amount: amounts, holdMs: fc.integer({ min: 1, max: 6000 }) })
  .map((reservation) => (world) => {
    const { model, ledger, now } = world
    const { id, counters, amount, holdMs } = reservation
    const settledAt = model.settledAt.get(id)
    if (settledAt !== undefined && now < settledAt + 900_000)
      return [[messageOf(() => ledger.reserve(reservation, now)), `Reservation ${id} has been settled.`]]
    const rest = withoutHold(model, id, now)
    const refusing = counters.find(
      (counter) => counter.isHard && usedOf(rest, counter, now).used + amount > counter.limit,
    )
    const reserved = ledger.reserve(reservation, now)
    if (refusing) {
      const [refused] = statesOf(model, [refusing], now)
      return [[reserved, { ok: false, refused, states: statesOf(model, counters, now) }]]
    }
    const others = model.holds.filter((hold) => hold.id !== id || hold.settled !== undefined)
    model.holds = [...others, { id, counters, at: now, amount, until: now + holdMs, settled: undefined }]
    const passed = reserved.states.filter(({ isHard, limit, used }) => isHard && used > limit)
    return [
      [reserved, { ok: true, states: statesOf(model, counters, now) }],
      [passed, []],
    ]
  })

const settling: fc.Arbitrary<Step> = fc
  .array(fc.record({ id: ids, amount: fc.option(amounts) }), { maxLength: 3 })
  .map((settlements) => ({ model, ledger, now }) => {
    ledger.settle(settlements, now)
    for (const { id, amount } of settlements) {
      const hold = model.holds.find((other) => other.id === id && other.settled === undefined)
      if (!hold) continue
      hold.settled = amount ?? hold.amount
      model.settledAt.set(id, now)
    }
    return []
  })

const extending: fc.Arbitrary<Step> = fc
  .record({ id: ids, holdMs: fc.integer({ min: 0, max: 6000 }) })
  .map((extension) => ({ model, ledger, now }) => {
    ledger.extend(extension, now)
    const alive = model.holds.find(
      ({ id, settled, until }) => id === extension.id && settled === undefined && until > now,
    )
    if (alive) alive.until = now + extension.holdMs
    return []
  })

const taking: fc.Arbitrary<Step> = fc
  .record({
    taker: fc.constantFrom('t1', 't2'),
    counters: counterLists,
    needed: fc.integer({ min: 0, max: 5 }),
    more: fc.integer({ min: 0, max: 100 }),
    unused: fc.integer({ min: 0, max: 8 }),
    isLost: fc.boolean(),
    isRepeated: fc.boolean(),
  })
  .map(({ taker, counters, needed, more, unused, isLost, isRepeated }) => (world) => {
    const { model, ledger, now, takers } = world
    const known = takers.get(taker) ?? { id: taker, turn: 0, answered: 0, unused: 0, granted: 0 }
    const lease = { id: taker, turn: known.turn + 1, answered: known.answered, unused: Math.min(unused, known.granted) }
    const last = model.grants.get(taker)
    if (last) {
      last.used -= last.turn > lease.answered ? last.used : Math.min(last.used, lease.unused)
      model.oldGrants.push(last)
      model.grants.delete(taker)
    }
    const hard = counters.filter(({ isHard }) => isHard)
    const left = Math.min(...hard.map((counter) => Math.max(0, counter.limit - usedOf(model, counter, now).used)))
    const wanted = needed + more
    const ahead = counters.some(({ window }) => window.kind === 'sliding')
      ? 0
      : Math.min(wanted, 64, Math.floor(left / 50))
    const granted = Math.min(left, Math.max(needed, ahead))

    const taken = ledger.take({ counters, wanted, needed, lease }, now)
    model.grants.set(taker, { counters, at: now, turn: lease.turn, used: granted })
    takers.set(taker, isLost ? { ...known, turn: lease.turn } : { ...lease, answered: lease.turn, granted })
    const again = isRepeated && granted > 0 ? ledger.take({ counters, wanted, needed, lease }, now) : taken
    return [
      [taken, { granted, states: statesOf(model, counters, now) }],
      [taken.refused === undefined, granted >= needed],
      [again, taken],
    ]
  })

const reading: fc.Arbitrary<Step> = counterLists.map((counters) => ({ model, ledger, now }) => [
  [ledger.read(counters, now), statesOf(model, counters, now)],
])

const waiting: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 2500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 * 3_600_000 }) },
  )
  .map((ms) => (world) => {
    world.now += ms
    return []
  })

const cleaning: fc.Arbitrary<Step> = fc.constant(({ ledger, model, now }) => {
  ledger.clean(now)
  for (const [taker, grant] of model.grants) {
    if (grant.at + leaseMemoryMs > now) continue
    model.oldGrants.push(grant)
    model.grants.delete(taker)
  }
  return []
})

const steps = fc.array(
  fc.oneof(reserving, reserving, settling, extending, taking, reading, waiting, waiting, cleaning),
  {
    minLength: 10,
    maxLength: 40,
  },
)

test('whatever happens, the ledger says what the facts add up to', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const world: World = {
        model: { holds: [], grants: new Map(), oldGrants: [], settledAt: new Map() },
        ledger: createLedger(createMemoryLedgerState()),
        now: start,
        takers: new Map(),
      }
      for (const step of sequence) {
        for (const [actual, expected] of step(world)) expect({ actual }).toMatchObject({ actual: expected })
      }
      const counters = cells.map((cell): Counter => ({ ...cell, limit: 100, isHard: true }))
      expect(world.ledger.read(counters, world.now)).toMatchObject(statesOf(world.model, counters, world.now))
    }),
    { numRuns: 2000 },
  )
})

test('where waiting helps, the amount fits at the told time and not a ms before', () => {
  const windows = fc.constantFrom<CounterWindow>(
    { kind: 'sliding', ms: 1000 },
    { kind: 'fixed', ms: 700 },
    { kind: 'day' },
    { kind: 'month' },
  )
  const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 50 })), { minLength: 1 })
  let helped = 0
  fc.assert(
    fc.property(windows, events, fc.integer({ min: 0, max: 60 }), (window, sequence, amount) => {
      const ledger = createLedger(createMemoryLedgerState())
      const counters: Counter[] = [{ id: 'a', limit: 50, window, isHard: true }]
      let now = start
      for (const [index, [ms, used]] of sequence.entries()) {
        now += ms
        ledger.reserve({ id: `e${index}`, counters, amount: used, holdMs: 1e11 }, now)
      }
      const asked = { id: 'asked', counters, amount, holdMs: 1 }
      const reserved = ledger.reserve(asked, now)
      if (reserved.ok || reserved.retryAt === null) return reserved.ok === amount <= 50
      helped += 1
      return !ledger.reserve(asked, reserved.retryAt - 1).ok && ledger.reserve(asked, reserved.retryAt).ok
    }),
    { numRuns: 1000 },
  )
  expect(helped).toBeGreaterThan(100)
})
