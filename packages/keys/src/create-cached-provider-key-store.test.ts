import { expect, test } from 'vitest'
import { createCachedProviderKeyStore } from './create-cached-provider-key-store.ts'
import { createMemoryProviderKeyStore } from './create-memory-provider-key-store.ts'
import type { ProviderKey } from './provider-key.ts'
import { testProviderKeyStore } from './testing.ts'

testProviderKeyStore(async () => createCachedProviderKeyStore(createMemoryProviderKeyStore(), { now: () => 0 }), {
  test,
  expect,
})

const query = { providerId: 'openai', orgId: 'acme', userId: null, tierId: 'FREE' }
const key: ProviderKey = {
  id: 'a',
  level: 'org',
  orgId: 'acme',
  userId: null,
  tierId: null,
  providerId: 'openai',
  alias: 'default',
  name: 'a',
  weight: 1,
  lastFour: 'wxyz',
  sealed: { version: 'aaaaaaaa', dataKey: 'k', text: 't' },
  createdAt: 1,
  updatedAt: 1,
  disabledAt: null,
  rejection: null,
}

function setUp(initial: readonly ProviderKey[]) {
  let now = 0
  const searches: unknown[] = []
  const memory = createMemoryProviderKeyStore(initial)
  const shared = {
    ...memory,
    findFor: (asked: typeof query) => {
      searches.push(asked)
      return memory.findFor(asked)
    },
  }
  const cached = createCachedProviderKeyStore(shared, { now: () => now })
  return { shared, cached, searches, wait: (ms: number) => void (now += ms) }
}

test('a warm cache asks the store once in ten seconds, also where there is no key', async () => {
  const { cached, searches, wait } = setUp([])
  for (let i = 0; i < 5; i++) expect(await cached.findFor(query)).toEqual([])
  wait(9999)
  await cached.findFor(query)
  expect(searches).toEqual([query])
  wait(1)
  await cached.findFor(query)
  expect(searches).toEqual([query, query])
})

test('callers who may use other keys are asked for apart', async () => {
  const { cached, searches } = setUp([key])
  const others = [
    { ...query, providerId: 'mistral' },
    { ...query, orgId: 'other' },
    { ...query, userId: 'alice' },
    { ...query, tierId: null },
    { ...query, tierId: 'null' },
  ]
  for (const asked of [query, ...others]) await cached.findFor(asked)
  expect(searches).toEqual([query, ...others])
})

test('what is changed through the cache counts at once, a mark does not empty it', async () => {
  const { cached, searches } = setUp([key])
  await cached.findFor(query)
  await cached.mark('a', { reason: 'auth', at: 1, until: 2 })
  await cached.findFor(query)
  expect(searches.length).toBe(1)
  await cached.remove({ orgId: 'acme' }, 'a')
  expect(await cached.findFor(query)).toEqual([])
})

test('a key that is removed elsewhere is used for ten seconds at most', async () => {
  const { shared, cached, wait } = setUp([key])
  await cached.findFor(query)
  await shared.remove({ orgId: 'acme' }, 'a')
  wait(9999)
  expect((await cached.findFor(query)).length).toBe(1)
  wait(1)
  expect(await cached.findFor(query)).toEqual([])
})
