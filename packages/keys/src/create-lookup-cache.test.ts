import { expect, test, vi } from 'vitest'
import { createLookupCache, type LookupCacheOptions } from './create-lookup-cache.ts'

/** A store whose loads the test answers one by one, and a clock. */
function setUp(options: Partial<LookupCacheOptions<string>> = {}) {
  const clock = { now: 0 }
  const loads: { key: string; answer(value: string | undefined): void; fail(): void }[] = []
  const load = (key: string): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      loads.push({ key, answer: resolve, fail: () => reject(new Error('D1 is down.')) })
    })
  const cache = createLookupCache<string>({ load, now: () => clock.now, ...options })
  /** Gets a key, and answers the load if one begins. */
  const getWith = async (key: string, answer: string | undefined | Error): Promise<string | undefined> => {
    const count = loads.length
    const got = cache.get(key)
    const begun = loads[count]
    if (answer instanceof Error) begun?.fail()
    else begun?.answer(answer)
    return got
  }
  return { cache, clock, loads, getWith }
}
const down = new Error('down')

test('an answer is used for ten seconds, then asked for again', async () => {
  const { clock, loads, getWith } = setUp()
  expect(await getWith('a', 'one')).toBe('one')
  clock.now = 9999
  expect(await getWith('a', 'two')).toBe('one')
  clock.now = 10_000
  expect(await getWith('a', 'two')).toBe('two')
  expect(loads.map(({ key }) => key)).toEqual(['a', 'a'])
})

test('the ten seconds count from the question, not from the answer', async () => {
  const { cache, clock, loads, getWith } = setUp()
  const got = cache.get('a')
  clock.now = 4000
  loads[0]?.answer('read at 0')
  await got
  clock.now = 10_000
  expect(await getWith('a', 'new')).toBe('new')
})

test('callers at the same time share one load', async () => {
  const { cache, loads } = setUp()
  const all = Promise.all([cache.get('a'), cache.get('a'), cache.get('b'), cache.get('a')])
  for (const { key, answer } of loads) answer(key)
  expect(await all).toEqual(['a', 'a', 'b', 'a'])
  expect(loads.length).toBe(2)
})

test('a load that never ends holds up nobody who comes two seconds later', async () => {
  const { cache, clock, getWith } = setUp()
  void cache.get('a')
  clock.now = 2000
  expect(await getWith('a', 'new')).toBe('new')
})

test('a late answer does not replace a newer one', async () => {
  const { cache, clock, loads, getWith } = setUp()
  const late = cache.get('a')
  clock.now = 2000
  await getWith('a', 'new')
  loads[0]?.answer('old')
  expect(await late).toBe('old')
  expect(await getWith('a', 'unasked')).toBe('new')
})

test('while the store is down the old answer is used, and the store is asked once a second', async () => {
  const { clock, loads, getWith } = setUp()
  await getWith('a', 'one')
  clock.now = 10_000
  expect(await getWith('a', down)).toBe('one')
  clock.now = 10_999
  expect(await getWith('a', down)).toBe('one')
  expect(loads.length).toBe(2)
  clock.now = 11_000
  expect(await getWith('a', down)).toBe('one')
  expect(loads.length).toBe(3)
  clock.now = 12_000
  expect(await getWith('a', 'two')).toBe('two')
})

test('an old answer is used for five minutes from its question, no longer', async () => {
  const { clock, getWith } = setUp()
  await getWith('a', 'one')
  clock.now = 299_999
  expect(await getWith('a', down)).toBe('one')
  clock.now = 300_000
  await expect(getWith('a', down)).rejects.toThrow('D1 is down.')
})

test('without an old answer the failure is thrown, and the next caller asks again', async () => {
  const { getWith } = setUp()
  await expect(getWith('a', down)).rejects.toThrow('D1 is down.')
  expect(await getWith('a', 'one')).toBe('one')
})

test('that there is nothing is remembered only where that is wanted', async () => {
  const forgetful = setUp()
  expect(await forgetful.getWith('a', undefined)).toBe(undefined)
  expect(await forgetful.getWith('a', 'new')).toBe('new')
  const keeping = setUp({ keepsMisses: true })
  expect(await keeping.getWith('a', undefined)).toBe(undefined)
  expect(await keeping.getWith('a', 'new')).toBe(undefined)
})

test('what is gone from the store is gone from the cache', async () => {
  const { clock, getWith } = setUp()
  await getWith('a', 'one')
  clock.now = 10_000
  expect(await getWith('a', undefined)).toBe(undefined)
  await expect(getWith('a', down)).rejects.toThrow('D1 is down.')
})

test('a full cache forgets the oldest answer alone', async () => {
  const { loads, getWith } = setUp({ maxEntries: 2 })
  for (const key of ['a', 'b', 'c']) await getWith(key, key)
  await getWith('b', 'again')
  await getWith('c', 'again')
  expect(loads.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  expect(await getWith('a', 'again')).toBe('again')
})

test('a load that a clear overtakes is answered, and neither kept nor shared', async () => {
  const { cache, loads, getWith } = setUp()
  const before = cache.get('a')
  cache.clear()
  const after = cache.get('a')
  loads[0]?.answer('before')
  loads[1]?.answer('after')
  expect(await before).toBe('before')
  expect(await after).toBe('after')
  expect(await getWith('a', 'unasked')).toBe('after')
})

test('a clear forgets what was there', async () => {
  const { cache, getWith } = setUp()
  await getWith('a', 'one')
  cache.clear()
  await expect(getWith('a', down)).rejects.toThrow('D1 is down.')
})

test('who waits for a load that never ends begins one of their own', async () => {
  vi.useFakeTimers()
  try {
    const { cache, clock, loads } = setUp()
    void cache.get('a')
    const waiting = cache.get('a')
    clock.now = 2000
    await vi.advanceTimersByTimeAsync(2000)
    expect(loads).toHaveLength(2)
    loads[1]?.answer('one')
    expect(await waiting).toBe('one')
  } finally {
    vi.useRealTimers()
  }
})
