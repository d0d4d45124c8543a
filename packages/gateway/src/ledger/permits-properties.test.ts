import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryLedgers } from './create-memory-ledgers.ts'
import { createPermits, type Permit } from './create-permits.ts'
import type { Counter, CounterWindow, Ledgers } from './ledger.ts'
import { LedgerUnavailable } from './ledger-unavailable.ts'
import { createVirtualTime, type VirtualTime } from './__fixtures__/virtual-time.ts'

const start = Date.parse('2026-11-21T23:59:50Z')

/** What becomes of one call on its way. */
interface Way {
  thereMs: number
  backMs: number
  fate: 'arrives' | 'lost' | 'answer lost' | 'hangs'
}

/** Ledgers behind a network that delays, loses and forgets calls. */
function far(ledgers: Ledgers, time: VirtualTime, ways: () => Way): Ledgers {
  return {
    open: (name) => ({
      ...ledgers.open(name),
      take: async (request) => {
        const { thereMs, backMs, fate } = ways()
        await time.sleep(thereMs)
        if (fate === 'lost') throw new LedgerUnavailable(fate)
        const taken = await ledgers.open(name).take(request)
        await time.sleep(backMs)
        if (fate === 'answer lost') throw new LedgerUnavailable(fate)
        return fate === 'hangs' ? new Promise(() => undefined) : taken
      },
    }),
  }
}

/** One after the other, and again from the first. */
function cycle<T>(values: readonly T[]): () => T {
  let index = -1
  return () => {
    index = (index + 1) % values.length
    const value = values[index]
    if (value === undefined) throw new Error('Nothing to cycle through.')
    return value
  }
}

const ways = fc.array(
  fc.record<Way>({
    thereMs: fc.integer({ min: 0, max: 60 }),
    backMs: fc.integer({ min: 0, max: 4000 }).map((ms) => (ms > 3500 ? ms : ms % 60)),
    fate: fc.oneof(
      { weight: 9, arbitrary: fc.constant('arrives' as const) },
      { weight: 2, arbitrary: fc.constantFrom('lost' as const, 'answer lost' as const, 'hangs' as const) },
    ),
  }),
  { minLength: 1, maxLength: 40 },
)

const windows = fc.constantFrom<CounterWindow>({ kind: 'day' }, { kind: 'fixed', ms: 4000 }, { kind: 'total' })

interface Life {
  /** Pauses between its requests, ms. */
  pauses: number[]
  /** Requests after which it is gone, with what it holds. */
  diesAfter: number
}

const lives = fc.array(
  fc.record<Life>({
    pauses: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })), { minLength: 1, maxLength: 10 }),
    diesAfter: fc.integer({ min: 0, max: 400 }),
  }),
  { minLength: 1, maxLength: 5 },
)

interface Scenario {
  counters: readonly Counter[]
  lives: readonly Life[]
  ways: readonly Way[]
}

interface Event {
  isolate: number
  permit: Permit
}

async function simulate({ counters, lives: isolates, ways: network }: Scenario) {
  const time = createVirtualTime(start)
  const ledgers = createMemoryLedgers(time)
  const events: Event[] = []
  const next = cycle(network)
  const live = async ({ pauses, diesAfter }: Life, isolate: number): Promise<void> => {
    const permits = createPermits({ ledgers: far(ledgers, time, next), now: time.now, startTimer: time.startTimer })
    const pause = cycle(pauses)
    for (let request = 0; request < diesAfter; request += 1) {
      await time.sleep(pause())
      void permits.take({ ledger: 'l', counters }).then((permit) => events.push({ isolate, permit }))
    }
  }
  for (const [isolate, life] of isolates.entries()) void live(life, isolate)
  await time.run()
  return { events, ledger: ledgers.open('l'), time }
}

/** How many permits there were per key. */
function tally(events: readonly Event[], keyOf: (event: Event) => string): number[] {
  const counts = new Map<string, number>()
  for (const event of events) counts.set(keyOf(event), (counts.get(keyOf(event)) ?? 0) + 1)
  return [...counts.values()]
}

test('isolates never pass more than the limit together, whatever is slow, lost or dead', async () => {
  let mostPerWindow = 0
  await fc.assert(
    fc.asyncProperty(
      fc.record({ window: windows, limit: fc.integer({ min: 0, max: 700 }), lives, ways }),
      async ({ window, limit, ...rest }) => {
        const counters: Counter[] = [{ id: 'c', limit, window, isHard: true }]
        const { events } = await simulate({ counters, ...rest })
        const passed = events.filter(({ permit }) => permit.ok)
        const resetsAt = ({ permit }: Event): string => String(permit.states[0]?.resetsAt)
        const checked = tally(
          passed.filter(({ permit }) => permit.isChecked),
          resetsAt,
        )
        const alone = tally(
          passed.filter(({ permit }) => !permit.isChecked),
          (event) => `${event.isolate} ${resetsAt(event)}`,
        )
        mostPerWindow = Math.max(mostPerWindow, ...checked)
        expect(Math.max(0, ...checked)).toBeLessThanOrEqual(limit)
        expect(Math.max(0, ...alone)).toBeLessThanOrEqual(Math.ceil(limit / 10))
      },
    ),
    { numRuns: 300 },
  )
  // Otherwise the limits would not have been reached.
  expect(mostPerWindow).toBeGreaterThan(100)
})

test('a lone isolate gets all of its limit, also when answers are lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ limit: fc.constantFrom(1, 10, 49, 200), pauses: fc.array(fc.nat(30), { minLength: 1 }), ways }),
      async ({ limit, pauses, ways: network }) => {
        const counters: Counter[] = [{ id: 'c', limit, window: { kind: 'total' }, isHard: true }]
        const patient = network.map((way) => (way.fate === 'hangs' ? { ...way, fate: 'arrives' as const } : way))
        const arriving: Way = { thereMs: 1, backMs: 1, fate: 'arrives' }
        // Enough requests that come when the ledger may be asked again after each failure.
        const life = { pauses: [...pauses, 5000], diesAfter: (limit + 20) * (pauses.length + 1) }
        const { events } = await simulate({
          counters,
          lives: [life],
          ways: [...patient, ...Array.from({ length: 40 }, () => arriving)],
        })
        expect(events.filter(({ permit }) => permit.ok && permit.isChecked)).toHaveLength(limit)
      },
    ),
    { numRuns: 100 },
  )
})

test('sliding limits hold across isolates at every moment', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ limit: fc.integer({ min: 0, max: 100 }), lives, ways }),
      async ({ limit, ...rest }) => {
        const counters: Counter[] = [{ id: 'c', limit, window: { kind: 'sliding', ms: 2000 }, isHard: true }]
        const { events } = await simulate({ counters, ...rest })
        const used = events.flatMap(({ permit }) => (permit.isChecked ? (permit.states[0]?.used ?? 0) : []))
        expect(Math.max(0, ...used)).toBeLessThanOrEqual(limit)
      },
    ),
    { numRuns: 100 },
  )
})
