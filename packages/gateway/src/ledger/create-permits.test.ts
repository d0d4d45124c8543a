import { beforeEach, describe, expect, test } from 'vitest'
import { createMemoryLedgers } from './create-memory-ledgers.ts'
import { createPermits, type Permit, type PermitRequest, type Permits } from './create-permits.ts'
import type { Counter, CounterWindow, Ledger, TakeRequest } from './ledger.ts'
import { LedgerUnavailable } from './ledger-unavailable.ts'
import { createVirtualTime, type VirtualTime } from './__fixtures__/virtual-time.ts'

const noon = Date.parse('2026-11-21T12:00:00Z')
const midnight = Date.parse('2026-11-22T00:00:00Z')

function counter(limit: number, window: CounterWindow = { kind: 'day' }, change: Partial<Counter> = {}): Counter {
  return { id: 'requests', limit, window, isHard: true, ...change }
}

let time: VirtualTime
let calls: TakeRequest[]
/** What a call does before it reaches the ledger; 20 ms by default. */
let way: () => Promise<void>
let ledger: Ledger
let permits: Permits

beforeEach(() => {
  time = createVirtualTime(noon)
  calls = []
  way = () => time.sleep(20)
  const memory = createMemoryLedgers(time)
  ledger = memory.open('tier')
  permits = createPermits({
    now: time.now,
    startTimer: time.startTimer,
    ledgers: {
      open: (name) => ({
        ...memory.open(name),
        take: async (request) => {
          calls.push(request)
          await way()
          return memory.open(name).take(request)
        },
      }),
    },
  })
})

const take = (counters: readonly Counter[], change: Partial<PermitRequest> = {}): Promise<Permit> =>
  permits.take({ ledger: 'tier', counters, ...change })

/** The answer, once the time that it takes has passed. */
async function taken(counters: readonly Counter[]): Promise<Permit> {
  const permit = take(counters)
  await time.run(time.now() + 20)
  return permit
}

/** Takes one permit after the other at a steady pace. */
async function pace(counters: readonly Counter[], { count, everyMs }: { count: number; everyMs: number }) {
  const all: Promise<Permit>[] = []
  for (let index = 0; index < count; index += 1) {
    all.push(take(counters))
    await time.run(time.now() + everyMs)
  }
  return Promise.all(all)
}

const down = (): Promise<never> => Promise.reject(new LedgerUnavailable('down'))

describe('a permit', () => {
  test('says how its counters stand', async () => {
    expect(await taken([counter(10)])).toEqual({
      ok: true,
      isChecked: true,
      states: [{ ...counter(10), used: 1, held: 0, remaining: 9, resetsAt: midnight }],
    })
  })

  test('is refused at the limit, and says until when', async () => {
    const all = []
    for (let index = 0; index < 11; index += 1) all.push(await taken([counter(10)]))
    expect(all.map(({ ok }) => ok)).toEqual([...Array.from({ length: 10 }, () => true), false])
    expect(all[10]).toMatchObject({
      ok: false,
      isChecked: true,
      refused: { id: 'requests', remaining: 0 },
      retryAfterMs: midnight - time.now(),
    })
  })

  test('of a total that is used up has no time at which it comes back', async () => {
    await taken([counter(1, { kind: 'total' })])
    expect(await taken([counter(1, { kind: 'total' })])).toMatchObject({ ok: false, retryAfterMs: null })
  })

  test('of no counters needs no ledger', async () => {
    expect(await take([])).toEqual({ ok: true, isChecked: true, states: [] })
    expect(calls).toEqual([])
  })

  test('of soft counters is always there, and counted', async () => {
    const soft = [counter(1, { kind: 'day' }, { isHard: false })]
    for (let used = 1; used < 4; used += 1) {
      expect(await taken(soft)).toMatchObject({ ok: true, states: [{ used, remaining: 0 }] })
    }
  })
})

describe('those who ask at once', () => {
  test('share calls: the first makes one, and one serves all who came meanwhile', async () => {
    const all = Array.from({ length: 100 }, () => take([counter(1000)]))
    await time.run(noon + 40)
    expect((await Promise.all(all)).every(({ ok }) => ok)).toBe(true)
    expect(calls.map(({ needed }) => needed)).toEqual([1, 99])
    expect(await ledger.read([counter(1000)])).toMatchObject([{ used: 100 }])
  })

  test('share also where each permit is exact', async () => {
    const sliding = [counter(60, { kind: 'sliding', ms: 60_000 })]
    const all = Array.from({ length: 100 }, () => take(sliding))
    await time.run(noon + 60)
    expect((await Promise.all(all)).filter(({ ok }) => ok)).toHaveLength(60)
    expect(calls).toHaveLength(2)
  })

  test('are refused together when nothing is left', async () => {
    const all = Array.from({ length: 30 }, () => take([counter(10)]))
    await time.run(noon + 60)
    expect((await Promise.all(all)).map(({ ok }) => ok)).toEqual(Array.from({ length: 30 }, (_, index) => index < 10))
    expect(calls).toHaveLength(2)
  })

  test('under different limits do not share', async () => {
    const all = [take([counter(1000)]), take([counter(1000)]), take([counter(5)]), take([counter(1000)])]
    await time.run(noon + 100)
    expect((await Promise.all(all)).map(({ states: [state] }) => state?.limit)).toEqual([1000, 1000, 5, 1000])
    expect(calls.map(({ needed, counters: [asked] }) => [needed, asked?.limit])).toEqual([
      [1, 1000],
      [2, 1000],
      [1, 5],
    ])
  })

  test('pass by themselves when the call does not end, and so do those after them', async () => {
    way = () => new Promise(() => undefined)
    const first = take([counter(100)])
    const second = take([counter(100)])
    await time.run(noon + 2999)
    way = () => time.sleep(20)
    await time.run(noon + 3000)
    expect(await second).toMatchObject({ ok: true, isChecked: false })
    await time.run(noon + 4000)
    expect(await taken([counter(100)])).toMatchObject({ ok: true, isChecked: true, states: [{ used: 1 }] })
    expect(await Promise.race([first, 'still waiting'])).toBe('still waiting')
  })

  test('do not wait for a call that has been on its way for too long', async () => {
    way = () => new Promise(() => undefined)
    void take([counter(100)])
    await time.run(noon + 3000)
    way = () => time.sleep(20)
    expect(await taken([counter(100)])).toMatchObject({ ok: true, isChecked: true })
  })

  test('keep the call alive for each other', async () => {
    const kept: Promise<unknown>[] = []
    const permit = take([counter(100)], { waitUntil: (work) => void kept.push(work) })
    await time.run()
    expect(await kept[0]).toMatchObject({ states: (await permit).states })
  })
})

describe('a lease', () => {
  test('is as large as what was used in a second', async () => {
    const all = await pace([counter(100_000)], { count: 100, everyMs: 50 })
    expect(all.every(({ ok }) => ok)).toBe(true)
    expect(calls.length).toBeLessThan(14)
    expect(Math.max(...calls.map(({ wanted }) => wanted))).toBe(20)
  })

  test('counts what this isolate has not used as left', async () => {
    const all = await pace([counter(100_000)], { count: 50, everyMs: 50 })
    expect(all.map(({ states: [state] }) => state?.remaining)).toEqual(all.map((_, index) => 99_999 - index))
  })

  test('ends after ten seconds, and what is unused goes back', async () => {
    await pace([counter(100_000)], { count: 50, everyMs: 50 })
    const before = calls.length
    const [state] = await ledger.read([counter(100_000)])
    expect(state?.used).toBeGreaterThan(50)
    await time.run(time.now() + 10_000)
    await taken([counter(100_000)])
    expect(calls).toHaveLength(before + 1)
    expect(await ledger.read([counter(100_000)])).toMatchObject([{ used: 51 }])
  })

  test('ends with its window', async () => {
    const minute = [counter(100_000, { kind: 'fixed', ms: 60_000 })]
    await time.run(noon + 57_000)
    await pace(minute, { count: 59, everyMs: 50 })
    const before = calls.length
    await time.run(noon + 60_000)
    expect(await taken(minute)).toMatchObject({ states: [{ used: 1, resetsAt: noon + 120_000 }] })
    expect(calls).toHaveLength(before + 1)
  })

  test('ends when a limit is changed, and what is unused goes back', async () => {
    await pace([counter(100_000)], { count: 50, everyMs: 50 })
    expect(await taken([counter(51)])).toMatchObject({ ok: true, states: [{ used: 51, remaining: 0 }] })
    expect(await taken([counter(51)])).toMatchObject({ ok: false })
    expect(await taken([counter(52)])).toMatchObject({ ok: true })
  })

  test('is of one set of counters', async () => {
    await pace([counter(100_000)], { count: 50, everyMs: 50 })
    const other = [counter(100_000, { kind: 'day' }, { id: 'other' })]
    expect(await taken(other)).toMatchObject({ states: [{ id: 'other', used: 1 }] })
  })

  test('is used up before anybody hears that the ledger is down', async () => {
    await pace([counter(100_000)], { count: 50, everyMs: 50 })
    const left = (await ledger.read([counter(100_000)])).map(({ used }) => used - 50)[0] ?? 0
    way = down
    const all = []
    for (let index = 0; index < left + 1; index += 1) all.push(await take([counter(100_000)]))
    expect(all.map(({ isChecked }) => isChecked)).toEqual(all.map((_, index) => index < left))
  })

  test('whose answer was lost strands nothing', async () => {
    const ten = [counter(10)]
    const memory = createMemoryLedgers(time)
    let isLost = true
    permits = createPermits({
      now: time.now,
      ledgers: {
        open: (name) => ({
          ...memory.open(name),
          take: async (request) => {
            const answer = await memory.open(name).take(request)
            if (isLost) throw new LedgerUnavailable('lost')
            return answer
          },
        }),
      },
    })
    expect(await take(ten)).toMatchObject({ isChecked: false })
    isLost = false
    await time.run(noon + 1000)
    const all = []
    for (let index = 0; index < 11; index += 1) all.push(await take(ten))
    expect(all.filter(({ ok, isChecked }) => ok && isChecked)).toHaveLength(10)
  })
})

describe('without the ledger', () => {
  beforeEach(() => {
    way = down
  })

  test.each([
    [1, 1],
    [10, 1],
    [11, 2],
    [1000, 100],
    [0, 0],
  ])('of a limit of %i a day, %i pass unchecked', async (limit, passing) => {
    const all = []
    for (let index = 0; index < passing + 3; index += 1) all.push(await take([counter(limit)]))
    expect(all.filter(({ ok }) => ok)).toHaveLength(passing)
    expect(all.every(({ isChecked }) => !isChecked)).toBe(true)
    expect(all.at(-1)).toMatchObject({ ok: false, retryAfterMs: midnight - noon, refused: { limit, remaining: 0 } })
    await time.run(midnight)
    expect((await take([counter(limit)])).ok).toBe(passing > 0)
  })

  test('the scarcest hard counter decides, and soft ones do not', async () => {
    const counters = [
      counter(1000),
      counter(20, { kind: 'fixed', ms: 60_000 }, { id: 'minute' }),
      counter(1, { kind: 'day' }, { id: 'soft', isHard: false }),
    ]
    const all = []
    for (let index = 0; index < 3; index += 1) all.push(await take(counters))
    expect(all.map(({ ok }) => ok)).toEqual([true, true, false])
    expect(all[2]).toMatchObject({ refused: { id: 'minute' }, retryAfterMs: 60_000 })
    expect(all[0]?.states.map(({ remaining }) => remaining)).toEqual([99, 1, 0])
  })

  test('a counter has one share, whatever other counters come with it', async () => {
    const org = counter(20, { kind: 'day' }, { id: 'org' })
    expect((await take([org, counter(100)])).ok).toBe(true)
    expect((await take([org])).ok).toBe(true)
    expect((await take([org, counter(100)])).ok).toBe(false)
    expect((await take([org], { ledger: 'another' })).ok).toBe(true)
  })

  test('the ledger is not asked again for a second', async () => {
    await take([counter(1000)])
    await take([counter(1000)])
    await time.run(noon + 999)
    await take([counter(1000)])
    expect(calls).toHaveLength(1)
    await time.run(noon + 1000)
    way = () => time.sleep(20)
    expect(await taken([counter(1000)])).toMatchObject({ isChecked: true, states: [{ used: 1 }] })
  })

  test('other ledgers are asked', async () => {
    await take([counter(1000)])
    await take([counter(1000)], { ledger: 'another' })
    expect(calls).toHaveLength(2)
  })

  test('those who wait for the call that fails pass by themselves, and make no calls of their own', async () => {
    way = async () => {
      await time.sleep(2000)
      throw new LedgerUnavailable('down')
    }
    const all = Array.from({ length: 20 }, () => take([counter(100)]))
    await time.run(noon + 2000)
    const permitted = await Promise.all(all)
    expect(permitted.filter(({ ok }) => ok)).toHaveLength(10)
    expect(calls).toHaveLength(1)
  })
})
