import type { TestRunner } from '@gw/keys/testing'
import type { AnswerCache, Opened } from './answer-cache.ts'
import type { CacheKey } from './cache-key.ts'
import { createCacheKey, createPlaceKey, type CacheScope } from './create-cache-key.ts'

const text = new TextEncoder()
const scope: CacheScope = {
  orgId: 'acme',
  gatewayId: 'default',
  generation: 0,
  secrets: [],
  userId: null,
}
const ttlMs = 60_000

/** The contract of every `AnswerCache`. `create` returns one that other tests have not touched the keys of. */
export function testAnswerCache(create: () => AnswerCache, runner: TestRunner): void {
  testAnswers(create, runner)
  testLeads(create, runner)
}

/** A key that nobody else has. */
const newKey = (): Promise<CacheKey> =>
  createCacheKey(scope, { surface: 's', form: [], content: { identity: [crypto.randomUUID()] } })

/** What was found, as text. */
const said = (opened: Opened): string =>
  opened.state === 'kept' ? new TextDecoder().decode(opened.value) : opened.state

const keeping = (turn: string, value: string) => ({ turn, value: Uint8Array.from(text.encode(value)), ttlMs })

function testAnswers(create: () => AnswerCache, { test, expect }: TestRunner): void {
  test('what is kept is there for all who ask, and under no other key', async () => {
    const cache = create()
    const [key, other] = [await newKey(), await newKey()]
    expect(said(await cache.open(key, 'a'))).toBe('lead')
    expect(await cache.keep(key, keeping('a', 'hello'))).toBe(true)
    expect([said(await cache.open(key, 'b')), said(await cache.open(key, 'c'))]).toEqual(['hello', 'hello'])
    expect(said(await cache.wait(key, 'd', 1000))).toBe('hello')
    expect(said(await cache.open(other, 'b'))).toBe('lead')
  })

  test('an answer of 20 MB comes back as it went in', async () => {
    const cache = create()
    const key = await newKey()
    const value = new Uint8Array(20_000_000).map((_, index) => index % 251)
    await cache.open(key, 'a')
    await cache.keep(key, { turn: 'a', value, ttlMs })
    const found = await cache.open(key, 'b')
    const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
      new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join()
    expect(found.state === 'kept' && (await digest(found.value))).toBe(await digest(value))
  })

  test('what is removed is gone, with all of its custom key, and what is under way then is not kept', async () => {
    const cache = create()
    const customKey = crypto.randomUUID()
    const keyOf = (surface: string) => createCacheKey(scope, { surface, form: [], content: { customKey } })
    const [one, two, pending] = [await keyOf('one'), await keyOf('two'), await keyOf('pending')]
    for (const [key, value] of [
      [one, '1'],
      [two, '2'],
    ] as const) {
      await cache.open(key, 'a')
      await cache.keep(key, keeping('a', value))
    }
    await cache.open(pending, 'a')
    const place = await createPlaceKey(scope, customKey)
    expect([await cache.remove(place), await cache.remove(place)]).toEqual([true, false])
    expect(await cache.keep(pending, keeping('a', 'old'))).toBe(false)
    const found = await Promise.all([one, two, pending].map(async (key) => said(await cache.open(key, 'b'))))
    expect(found).toEqual(['lead', 'lead', 'lead'])
  })
}

function testLeads(create: () => AnswerCache, { test, expect }: TestRunner): void {
  test('one leads, and the others get what it brings', async () => {
    const cache = create()
    const key = await newKey()
    const turns = ['a', 'b', 'c', 'd']
    const opened = await Promise.all(turns.map(async (turn) => said(await cache.open(key, turn))))
    expect(opened.toSorted()).toEqual(['lead', 'wait', 'wait', 'wait'])
    const leader = turns[opened.indexOf('lead')] ?? ''
    const waits = turns.filter((turn) => turn !== leader).map((turn) => cache.wait(key, turn, 5000))
    await cache.keep(key, keeping(leader, 'hello'))
    expect((await Promise.all(waits)).map(said)).toEqual(['hello', 'hello', 'hello'])
  })

  test('when the leader gives up, the next leads, and who has left the queue is passed over', async () => {
    const cache = create()
    const key = await newKey()
    await cache.open(key, 'a')
    const gone = cache.wait(key, 'gone', 5000)
    const next = cache.wait(key, 'next', 5000)
    const last = cache.wait(key, 'last', 5000)
    await cache.leave(key, 'gone')
    expect(said(await gone)).toBe('late')
    await cache.leave(key, 'a')
    expect(said(await next)).toBe('lead')
    expect(await cache.keep(key, keeping('a', 'too late'))).toBe(false)
    expect(await cache.keep(key, keeping('next', 'hello'))).toBe(true)
    expect(said(await last)).toBe('hello')
  })

  test('nobody waits longer than they want to', async () => {
    const cache = create()
    const key = await newKey()
    await cache.open(key, 'a')
    expect(said(await cache.wait(key, 'b', 20))).toBe('late')
    expect(await cache.keep(key, keeping('a', 'hello'))).toBe(true)
  })

  test('who waits for nobody leads', async () => {
    const cache = create()
    const key = await newKey()
    await cache.open(key, 'a')
    await cache.leave(key, 'a')
    expect(said(await cache.wait(key, 'b', 1000))).toBe('lead')
  })
}
