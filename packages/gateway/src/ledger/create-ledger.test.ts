import { beforeEach, describe, expect, test } from 'vitest'
import { createLedger, type LedgerEngine } from './create-ledger.ts'
import { createMemoryLedgerState } from './create-memory-ledger-state.ts'
import type { Counter, CounterWindow, TakeRequest } from './ledger.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-21T12:00:00Z')

function counter(limit: number, window: CounterWindow = { kind: 'day' }, change: Partial<Counter> = {}): Counter {
  return { id: 'requests', limit, window, isHard: true, ...change }
}

let ledger: LedgerEngine
beforeEach(() => {
  ledger = createLedger(createMemoryLedgerState())
})

/** Holds an amount, for a day unless told. */
function reserve(id: string, amount: number, { counters = [counter(10)], at = noon, holdMs = day } = {}) {
  return ledger.reserve({ id, counters, amount, holdMs }, at)
}

const used = (counters: readonly Counter[], at = noon): number[] => ledger.read(counters, at).map((state) => state.used)

describe('a reservation', () => {
  test('may reach the limit and not pass it', () => {
    expect(reserve('a', 4)).toEqual({
      ok: true,
      states: [{ ...counter(10), used: 4, held: 4, remaining: 6, resetsAt: Date.parse('2026-11-22') }],
    })
    expect(reserve('b', 7)).toMatchObject({
      ok: false,
      refused: { used: 4, remaining: 6 },
      retryAt: Date.parse('2026-11-22'),
    })
    expect(reserve('c', 6).ok).toBe(true)
    expect(reserve('d', 0).ok).toBe(true)
    expect(reserve('e', 1)).toMatchObject({ ok: false, refused: { used: 10, remaining: 0 } })
  })

  test('holds on all counters or on none, and names the first that refuses', () => {
    const counters = [
      counter(100, { kind: 'month' }, { id: 'org' }),
      counter(5, { kind: 'day' }, { id: 'user' }),
      counter(3, { kind: 'total' }, { id: 'key' }),
    ]
    expect(reserve('a', 6, { counters })).toMatchObject({
      ok: false,
      refused: { id: 'user' },
      states: [{ used: 0 }, {}, {}],
    })
    expect(used(counters)).toEqual([0, 0, 0])
    expect(reserve('a', 3, { counters }).ok).toBe(true)
    expect(reserve('b', 1, { counters })).toMatchObject({ ok: false, refused: { id: 'key' }, retryAt: null })
    expect(used(counters)).toEqual([3, 3, 3])
  })

  test('passes soft counters, which only count', () => {
    const soft = counter(5, { kind: 'day' }, { isHard: false })
    expect(reserve('a', 9, { counters: [soft] })).toMatchObject({ ok: true, states: [{ used: 9, remaining: 0 }] })
  })

  test('counts once where a counter is listed under two limits', () => {
    const counters = [counter(5, { kind: 'day' }, { isHard: false }), counter(10)]
    reserve('a', 6, { counters })
    expect(used(counters)).toEqual([6, 6])
  })

  test('replaces the one before of the same id, in every counter', () => {
    const other = [counter(10, { kind: 'day' }, { id: 'other' })]
    reserve('a', 8)
    expect(reserve('a', 10).ok).toBe(true)
    expect(used([counter(10), ...other])).toEqual([10, 0])
    expect(reserve('a', 2, { counters: other }).ok).toBe(true)
    expect(used([counter(10), ...other])).toEqual([0, 2])
  })

  test('stays as it was when its replacement is refused', () => {
    reserve('a', 8)
    expect(reserve('a', 11)).toMatchObject({ ok: false, refused: { used: 8, held: 8 }, retryAt: null })
    expect(used([counter(10)])).toEqual([8])
    ledger.settle([{ id: 'a', amount: null }], noon)
    expect(used([counter(10)])).toEqual([8])
  })

  test('sees a limit that was lowered or raised at once', () => {
    reserve('a', 8)
    expect(reserve('b', 1, { counters: [counter(5)] })).toMatchObject({
      ok: false,
      refused: { limit: 5, used: 8, remaining: 0 },
    })
    expect(reserve('b', 12, { counters: [counter(20)] }).ok).toBe(true)
  })

  test('lapses when its time is over, at that very ms', () => {
    reserve('a', 10, { holdMs: 1000 })
    expect(reserve('b', 1, { at: noon + 999 }).ok).toBe(false)
    expect(reserve('b', 10, { at: noon + 1000 }).ok).toBe(true)
  })

  test('lasts longer when it is extended, unless it has lapsed', () => {
    reserve('a', 10, { holdMs: 1000 })
    ledger.extend({ id: 'a', holdMs: 1000 }, noon + 900)
    expect(used([counter(10)], noon + 1899)).toEqual([10])
    ledger.extend({ id: 'a', holdMs: 1000 }, noon + 1900)
    expect(used([counter(10)], noon + 1901)).toEqual([0])
  })

  test.each([-1, 0.5, NaN, Infinity, 2 ** 53])('of %s throws, and changes nothing', (amount) => {
    expect(() => reserve('a', amount)).toThrow(RangeError)
    expect(() => reserve('a', 1, { holdMs: amount })).toThrow(RangeError)
    expect(() => reserve('a', 1, { counters: [counter(amount)] })).toThrow(RangeError)
    reserve('b', 1)
    expect(() =>
      ledger.settle(
        [
          { id: 'b', amount: 5 },
          { id: 'b', amount },
        ],
        noon,
      ),
    ).toThrow(RangeError)
    expect(used([counter(10)])).toEqual([1])
  })

  test('of more than can be counted throws, where nothing refuses it', () => {
    const counters = [counter(1, { kind: 'total' }, { isHard: false })]
    reserve('a', Number.MAX_SAFE_INTEGER, { counters })
    expect(() => reserve('b', 1, { counters })).toThrow(RangeError)
    expect(used(counters)).toEqual([Number.MAX_SAFE_INTEGER])
  })
})

describe('a settlement', () => {
  test('makes a fact of a hold, once', () => {
    reserve('a', 8)
    ledger.settle(
      [
        { id: 'a', amount: 3 },
        { id: 'a', amount: 3 },
      ],
      noon,
    )
    ledger.settle([{ id: 'a', amount: 3 }], noon + 14 * day)
    expect(ledger.read([counter(10)], noon)).toMatchObject([{ used: 3, held: 0 }])
  })

  test('of null is what was held', () => {
    reserve('a', 8)
    ledger.settle([{ id: 'a', amount: null }], noon)
    expect(ledger.read([counter(10)], noon)).toMatchObject([{ used: 8, held: 0 }])
  })

  test('may be more than was held, and pass the limit', () => {
    reserve('a', 8)
    ledger.settle([{ id: 'a', amount: 25 }], noon)
    expect(ledger.read([counter(10)], noon)).toMatchObject([{ used: 25, remaining: 0 }])
  })

  test('of an id that nobody reserved is ignored', () => {
    ledger.settle([{ id: 'x', amount: 3 }], noon)
    expect(used([counter(10)])).toEqual([0])
  })

  test('counts in the window in which the hold was made', () => {
    const night = Date.parse('2026-11-30T23:59:59Z')
    const morning = Date.parse('2026-12-01T00:00:10Z')
    const counters = [counter(10), counter(100, { kind: 'month' }), counter(100, { kind: 'total' })]
    reserve('a', 8, { counters, at: night })
    ledger.settle([{ id: 'a', amount: 7 }], morning)
    expect(used(counters, night)).toEqual([7, 7, 7])
    expect(used(counters, morning)).toEqual([0, 0, 7])
  })

  test('of a lapsed hold counts for 15 days, once', () => {
    const counters = [counter(100, { kind: 'total' })]
    for (const id of ['a', 'b', 'c']) reserve(id, 8, { counters, holdMs: 1000 })
    const lapsed = noon + 1000
    expect(used(counters, lapsed)).toEqual([0])
    ledger.settle([{ id: 'a', amount: 3 }], lapsed + 15 * day - 1)
    ledger.settle([{ id: 'a', amount: 3 }], lapsed + 15 * day - 1)
    ledger.settle([{ id: 'b', amount: null }], lapsed + 15 * day - 1)
    expect(used(counters, lapsed + 15 * day)).toEqual([11])
    ledger.clean(lapsed + 15 * day)
    ledger.settle([{ id: 'c', amount: 3 }], lapsed + 15 * day)
    expect(used(counters, lapsed + 15 * day)).toEqual([11])
  })

  test('forbids a later reservation of the id, which would never be settled', () => {
    reserve('a', 1)
    ledger.settle([{ id: 'a', amount: 1 }], noon)
    expect(() => reserve('a', 1, { at: noon + 899_999 })).toThrow('settled')
    expect(used([counter(10)])).toEqual([1])
  })
})

describe('a window', () => {
  test('that is fixed starts anew with the clock', () => {
    const counters = [counter(10, { kind: 'fixed', ms: 60_000 })]
    reserve('a', 10, { counters, at: noon + 59_999 })
    expect(reserve('b', 1, { counters, at: noon + 59_999 })).toMatchObject({ ok: false, retryAt: noon + 60_000 })
    expect(reserve('b', 10, { counters, at: noon + 60_000 }).ok).toBe(true)
  })

  test('of a month ends with it, also in February and in December', () => {
    const counters = [counter(10, { kind: 'month' })]
    for (const [end, start] of [
      ['2027-02-28T23:59:59.999Z', '2027-03-01'],
      ['2027-12-31T23:59:59.999Z', '2028-01-01'],
    ] as const) {
      reserve(end, 10, { counters, at: Date.parse(end) })
      expect(reserve('x', 1, { counters, at: Date.parse(end) })).toMatchObject({
        ok: false,
        retryAt: Date.parse(start),
      })
      expect(used(counters, Date.parse(start))).toEqual([0])
    }
  })

  test('that slides weighs the one before by what is left of it', () => {
    const counters = [counter(100, { kind: 'sliding', ms: 60_000 })]
    reserve('a', 42, { counters, at: noon })
    ledger.settle([{ id: 'a', amount: 42 }], noon)
    expect(used(counters, noon + 59_999)).toEqual([42])
    // Cloudflare's own example: 15 s into the minute, 42 in the last and 18 in this one: 42 × 45/60 + 18 = 49.5.
    reserve('b', 18, { counters, at: noon + 75_000 })
    expect(ledger.read(counters, noon + 75_000)).toMatchObject([
      { used: 50, held: 18, remaining: 50, resetsAt: noon + 120_000 },
    ])
    expect(reserve('c', 51, { counters, at: noon + 75_000 }).ok).toBe(false)
    expect(reserve('c', 50, { counters, at: noon + 75_000 }).ok).toBe(true)
    // 42 × 0/60 and 68 × 60/60 at the start of the next, and half of it in its middle.
    expect(used(counters, noon + 120_000)).toEqual([68])
    expect(used(counters, noon + 150_000)).toEqual([34])
    expect(used(counters, noon + 180_000)).toEqual([0])
  })

  test('that slides says when there is room again, within this half or the next', () => {
    const counters = [counter(10, { kind: 'sliding', ms: 60_000 })]
    reserve('a', 10, { counters, at: noon })
    // 10 × left/60 + 1 ≤ 10 from left = 54 s on.
    const soon = reserve('b', 1, { counters, at: noon + 60_000 })
    expect(soon).toMatchObject({ ok: false, retryAt: noon + 66_000 })
    expect(reserve('b', 1, { counters, at: noon + 65_999 }).ok).toBe(false)
    expect(reserve('b', 1, { counters, at: noon + 66_000 }).ok).toBe(true)
    const later = reserve('c', 10, { counters, at: noon + 66_000 })
    // Then 1 × left/60 + 10 ≤ 10 only when nothing is left.
    expect(later).toMatchObject({ ok: false, retryAt: noon + 180_000 })
  })

  test('that slides stays exact with sums near the largest integer', () => {
    const ms = 86_400_000
    const start = Math.floor(noon / ms) * ms
    const counters = [counter(Number.MAX_SAFE_INTEGER, { kind: 'sliding', ms })]
    reserve('a', 9_007_199_254_740_990, { counters, at: start, holdMs: 3 * ms })
    // 9007199254740990 × 28800000/86400000 = 3002399751580330 exactly.
    expect(used(counters, start + ms + 57_600_000)).toEqual([3_002_399_751_580_330])
  })

  test('of another kind or length counts by itself', () => {
    reserve('a', 3, { counters: [counter(10)] })
    expect(used([counter(10, { kind: 'month' }), counter(10, { kind: 'fixed', ms: day })])).toEqual([0, 0])
  })
})

describe('permits', () => {
  const lease = (turn: number, answered = 0, unused = 0): TakeRequest['lease'] => ({
    id: 'isolate',
    turn,
    answered,
    unused,
  })
  const take = (limit: number, request: Partial<TakeRequest> = {}, at = noon) =>
    ledger.take({ counters: [counter(limit)], wanted: 100, lease: lease(1), ...request }, at)

  test.each([
    [10, 1],
    [99, 1],
    [100, 2],
    [1000, 20],
    [3200, 64],
    [1_000_000, 64],
  ])('of a limit of %i are granted %i at once', (limit, granted) => {
    expect(take(limit)).toMatchObject({ granted, states: [{ used: granted, held: 0, remaining: limit - granted }] })
  })

  test('are no more than are wanted', () => {
    expect(take(1_000_000, { wanted: 7 }).granted).toBe(7)
  })

  test('are one in sliding windows', () => {
    expect(take(0, { counters: [counter(1_000_000, { kind: 'sliding', ms: 1000 })] }).granted).toBe(1)
  })

  test('are as many as are needed now, however few are left, and not more than those', () => {
    expect(take(10, { needed: 4 }).granted).toBe(4)
    expect(take(10, { needed: 9, lease: lease(2, 1) })).toMatchObject({
      granted: 6,
      refused: { used: 10 },
      retryAt: Date.parse('2026-11-22'),
    })
    expect(take(10, { lease: lease(3, 2) })).toMatchObject({ granted: 0, refused: { used: 10, remaining: 0 } })
  })

  test('depend on the scarcest hard counter', () => {
    const counters = [
      counter(10_000, { kind: 'day' }, { id: 'a' }),
      counter(200, { kind: 'fixed', ms: 60_000 }, { id: 'b' }),
      counter(1, { kind: 'day' }, { id: 'c', isHard: false }),
    ]
    expect(take(0, { counters }).granted).toBe(4)
  })

  test('are valid for ten seconds, and not beyond their window', () => {
    const minute = [counter(10, { kind: 'fixed', ms: 60_000 }), counter(10, { kind: 'total' })]
    expect(take(10).validUntil).toBe(noon + 10_000)
    expect(take(10, { counters: minute, lease: lease(2, 1) }, noon + 55_000).validUntil).toBe(noon + 60_000)
  })

  test('that are not used go back to their window', () => {
    take(1000)
    expect(take(1000, { wanted: 5, lease: lease(2, 1, 12) }).states).toMatchObject([{ used: 20 - 12 + 5 }])
    const morning = noon + day
    expect(take(1000, { wanted: 5, lease: lease(3, 2, 5) }, morning).states).toMatchObject([{ used: 5 }])
    expect(used([counter(1000)], noon)).toEqual([8])
  })

  test('go back no more than were granted, and once', () => {
    reserve('a', 500, { counters: [counter(1000)] })
    ledger.settle([{ id: 'a', amount: 500 }], noon)
    expect(take(1000).granted).toBe(10)
    take(1000, { wanted: 1, lease: lease(2, 1, 999) })
    take(1000, { wanted: 1, lease: lease(3, 1, 20) })
    expect(used([counter(1000)])).toEqual([501])
  })

  test('are refused in the name of a counter that is hard', () => {
    const counters = [counter(0, { kind: 'day' }, { id: 'soft', isHard: false }), counter(0)]
    expect(take(0, { counters })).toMatchObject({ granted: 0, refused: { id: 'requests' } })
  })

  test('whose answer was lost go back whole', () => {
    take(1000)
    expect(take(1000, { wanted: 3, lease: lease(2, 0, 0) }).states).toMatchObject([{ used: 3 }])
  })

  test('are the same again when the call is made again', () => {
    const first = take(1000)
    expect(take(1000)).toEqual(first)
    expect(take(1000, {}, noon + 500)).toMatchObject({ granted: 20, validUntil: noon + 10_000 })
    expect(used([counter(1000)])).toEqual([20])
  })

  test('are not granted to a call that was overtaken', () => {
    take(1000, { lease: lease(2) })
    expect(() => take(1000, { lease: lease(1) })).toThrow('over')
    expect(used([counter(1000)])).toEqual([20])
  })

  test('count beside what is held', () => {
    reserve('a', 9)
    expect(take(10).granted).toBe(1)
    expect(take(10, { lease: lease(2, 1) }).granted).toBe(0)
  })
})

describe('cleaning', () => {
  test('forgets all that is over, and nothing else', () => {
    const counters = [counter(10), counter(10, { kind: 'fixed', ms: 1000 })]
    reserve('a', 1, { counters })
    reserve('b', 1, { counters, holdMs: 5000 })
    ledger.settle([{ id: 'a', amount: 1 }], noon)
    ledger.take({ counters, wanted: 1, lease: { id: 'i', turn: 1, answered: 0, unused: 0 } }, noon)
    expect(ledger.clean(noon)).toEqual({ nextAt: noon + 5000, isEmpty: false })
    expect(ledger.clean(noon + 5000)).toEqual({ nextAt: noon + 61_000, isEmpty: false })
    expect(used(counters)).toEqual([2, 2])
    ledger.clean(noon + 61_000)
    expect(used(counters)).toEqual([2, 0])
    expect(ledger.clean(noon + 2 * day)).toEqual({ nextAt: noon + 5000 + 15 * day, isEmpty: false })
    expect(ledger.clean(noon + 16 * day)).toEqual({ nextAt: null, isEmpty: true })
  })

  test('keeps the half of a sliding window that still counts', () => {
    const counters = [counter(10, { kind: 'sliding', ms: 600_000 })]
    reserve('a', 10, { counters })
    expect(ledger.clean(noon + 900_000).isEmpty).toBe(false)
    expect(used(counters, noon + 900_000)).toEqual([5])
    ledger.settle([{ id: 'a', amount: 0 }], noon + 900_000)
    expect(ledger.clean(noon + 1_260_000)).toMatchObject({ isEmpty: false })
    expect(ledger.clean(noon + 1_800_000)).toEqual({ nextAt: null, isEmpty: true })
  })

  test('keeps totals', () => {
    reserve('a', 1, { counters: [counter(10, { kind: 'total' })] })
    ledger.settle([{ id: 'a', amount: 1 }], noon)
    expect(ledger.clean(noon + 1000 * day)).toEqual({ nextAt: null, isEmpty: false })
  })
})
