import { createVault, parseMasterKeys } from '@gw/keys'
import { describe, expect, test } from 'vitest'
import { createCacheKey } from './create-cache-key.ts'
import { createMemoryAnswerCache } from './create-memory-answer-cache.ts'
import { createSealedAnswerCache } from './create-sealed-answer-cache.ts'
import { testAnswerCache } from './test-answer-cache.ts'

const runner = { test, expect }
const random = (bytes: Uint8Array<ArrayBuffer>): void => {
  for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
}

function vaultOf(byte: number) {
  const masterKeys = parseMasterKeys(btoa(String.fromCharCode(byte).repeat(32)), undefined)
  if (!masterKeys) throw new Error('There is no master key.')
  return createVault({ masterKeys, random })
}

const keyOf = (orgId: string, word: string) =>
  createCacheKey(
    { orgId, gatewayId: 'default', generation: 0, secrets: [], userId: null },
    { surface: 's', form: [], content: { identity: [word] } },
  )
const value = Uint8Array.from(new TextEncoder().encode('hello world'))

describe('in memory', () => {
  testAnswerCache(() => createMemoryAnswerCache({ now: Date.now }), runner)

  test('an answer goes when its time is over', async () => {
    const clock = { now: 0 }
    const cache = createMemoryAnswerCache({ now: () => clock.now })
    const key = await keyOf('acme', 'a')
    await cache.open(key, 'a')
    await cache.keep(key, { turn: 'a', value, ttlMs: 1000 })
    clock.now = 999
    expect((await cache.open(key, 'b')).state).toBe('kept')
    clock.now = 1000
    expect((await cache.open(key, 'b')).state).toBe('lead')
  })

  test('the answer that nobody asked for longest goes first', async () => {
    const cache = createMemoryAnswerCache({ now: Date.now, maxBytes: 25 })
    const [one, two, three] = [await keyOf('acme', '1'), await keyOf('acme', '2'), await keyOf('acme', '3')]
    for (const key of [one, two]) {
      await cache.open(key, 'a')
      await cache.keep(key, { turn: 'a', value, ttlMs: 1000 })
    }
    await cache.open(one, 'b')
    await cache.open(three, 'a')
    await cache.keep(three, { turn: 'a', value, ttlMs: 1000 })
    const states = await Promise.all([one, two, three].map(async (key) => (await cache.open(key, 'c')).state))
    expect(states).toEqual(['kept', 'lead', 'kept'])
  })
})

describe('sealed', () => {
  testAnswerCache(
    () => createSealedAnswerCache({ answers: createMemoryAnswerCache({ now: Date.now }), vault: vaultOf(1) }),
    runner,
  )

  test('keeps nothing that can be read, and opens for no other tenant, key or master key', async () => {
    const answers = createMemoryAnswerCache({ now: Date.now })
    const sealed = createSealedAnswerCache({ answers, vault: vaultOf(1) })
    const key = await keyOf('acme', 'a')
    await sealed.open(key, 'a')
    await sealed.keep(key, { turn: 'a', value, ttlMs: 60_000 })
    const stored = await answers.open(key, 'b')
    const bytes = stored.state === 'kept' ? stored.value : new Uint8Array()
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('hello')

    const other = await keyOf('other', 'a')
    await answers.open(other, 'a')
    await answers.keep(other, { turn: 'a', value: bytes, ttlMs: 60_000 })
    expect((await sealed.open(other, 'b')).state).toBe('lead')
    expect((await createSealedAnswerCache({ answers, vault: vaultOf(2) }).open(key, 'b')).state).toBe('lead')
    expect((await sealed.open(key, 'c')).state).toBe('wait')
  })
})
