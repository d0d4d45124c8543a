import { expect, test } from 'vitest'
import { createCachedKeyStore } from './create-cached-key-store.ts'
import { createMemoryKeyStore } from './create-memory-key-store.ts'
import { hashGatewayKey, type GatewayKey } from './gateway-key.ts'
import { testKeyStore } from './testing.ts'

testKeyStore(async () => createCachedKeyStore(createMemoryKeyStore(), { now: () => 0 }), { test, expect })

const keyOf = async (secret: string): Promise<GatewayKey> => ({
  id: secret,
  orgId: 'acme',
  userId: null,
  name: secret,
  hash: await hashGatewayKey(secret),
  lastFour: secret.slice(-4),
  createdAt: 0,
  revokedAt: null,
})

test('a key that is revoked elsewhere stops working after the ttl', async () => {
  let now = 0
  const shared = createMemoryKeyStore()
  const here = createCachedKeyStore(shared, { now: () => now, ttlMs: 10_000 })
  const key = await keyOf('gw_a')
  await here.add(key)
  await here.findByHash(key.hash)
  await shared.revoke('acme', key.id, 1)

  now = 9_999
  expect((await here.findByHash(key.hash))?.revokedAt).toBe(null)
  now = 10_000
  expect((await here.findByHash(key.hash))?.revokedAt).toBe(1)
})

test('a key that is added after a failed look-up works at once', async () => {
  const store = createCachedKeyStore(createMemoryKeyStore(), { now: () => 0 })
  const key = await keyOf('gw_b')
  expect(await store.findByHash(key.hash)).toBe(undefined)
  await store.add(key)
  expect(await store.findByHash(key.hash)).toEqual(key)
})
