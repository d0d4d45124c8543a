import { expect, test } from 'vitest'
import { checkGatewayKey } from './check-gateway-key.ts'
import { createCachedKeyStore } from './create-cached-key-store.ts'
import { createMemoryKeyStore } from './create-memory-key-store.ts'
import { createGatewayKey } from './create-gateway-key.ts'
import { hashGatewayKey, type GatewayKey } from './gateway-key.ts'
import { testKeyStore } from './testing.ts'

testKeyStore(async () => createCachedKeyStore(createMemoryKeyStore(), { now: () => 0 }), { test, expect })

const keyOf = (secret: string): Promise<GatewayKey> => createGatewayKey({ id: secret, orgId: 'acme', secret })

/** Two isolates with a cache each, in front of one database. */
function twoIsolates() {
  const clock = { now: 0 }
  const shared = createMemoryKeyStore()
  const isolate = () => createCachedKeyStore(shared, { now: () => clock.now })
  return { clock, here: isolate(), elsewhere: isolate() }
}

test('a key that is revoked elsewhere stops working within ten seconds, here at once', async () => {
  const { clock, here, elsewhere } = twoIsolates()
  const key = await keyOf('gw_a')
  await here.add(key)
  await here.findByHash(key.hash)
  await elsewhere.findByHash(key.hash)
  await elsewhere.revoke('acme', key.id, 1)
  expect((await elsewhere.findByHash(key.hash))?.revokedAt).toBe(1)

  clock.now = 9999
  expect((await here.findByHash(key.hash))?.revokedAt).toBe(null)
  clock.now = 10_000
  expect((await here.findByHash(key.hash))?.revokedAt).toBe(1)
})

test('after a rotation elsewhere the new secret works at once, and the old one until its time', async () => {
  const { clock, here, elsewhere } = twoIsolates()
  const key = await keyOf('gw_a')
  await here.add(key)
  await here.findByHash(key.hash)
  const hash = await hashGatewayKey('gw_new')
  await elsewhere.rotate('acme', key.id, { hash, lastFour: '_new', previousUntil: 60_000 })

  const stateOf = async (secretHash: string) => {
    const found = await here.findByHash(secretHash)
    return found && [found.id, checkGatewayKey(found, secretHash, clock.now)]
  }
  expect([await stateOf(hash), await stateOf(key.hash)]).toEqual([
    ['gw_a', 'valid'],
    ['gw_a', 'valid'],
  ])
  clock.now = 59_999
  expect(await stateOf(key.hash)).toEqual(['gw_a', 'valid'])
  clock.now = 60_000
  expect([await stateOf(hash), await stateOf(key.hash)]).toEqual([
    ['gw_a', 'valid'],
    ['gw_a', 'expired'],
  ])
})

test('a key that is added after a failed look-up works at once', async () => {
  const { here, elsewhere } = twoIsolates()
  const key = await keyOf('gw_b')
  expect(await here.findByHash(key.hash)).toBe(undefined)
  await elsewhere.add(key)
  expect(await here.findByHash(key.hash)).toEqual(key)
})
