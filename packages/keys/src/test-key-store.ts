import { createGatewayKey } from './create-gateway-key.ts'
import { hashGatewayKey, type GatewayKey } from './gateway-key.ts'
import type { KeyStore } from './key-store.ts'
import type { TestRunner } from './test-runner.ts'

const keyOf = (id: string, orgId = 'acme', createdAt = 1): Promise<GatewayKey> =>
  createGatewayKey({ id, orgId, secret: `gw_${orgId}_${id}`, createdAt })

/**
 * The contract of every `KeyStore`. `create` returns an empty store; organisations `acme` and `other` exist.
 */
export function testKeyStore(create: () => Promise<KeyStore>, runner: TestRunner): void {
  testLookUp(create, runner)
  testChanges(create, runner)
  testRotation(create, runner)
  testUses(create, runner)
}

function testLookUp(create: () => Promise<KeyStore>, { test, expect }: TestRunner): void {
  test('finds a key by its hash and nothing by another', async () => {
    const store = await create()
    const key = {
      ...(await keyOf('a')),
      expiresAt: 99,
      scopes: { models: ['openai/*', '%_'], gateways: [] },
      previousHash: await hashGatewayKey('gw_old'),
      previousUntil: 50,
      lastUsedAt: 7,
    }
    await store.add(key)
    expect(await store.findByHash(key.hash)).toEqual(key)
    expect(await store.findByHash(await hashGatewayKey('gw_other'))).toBe(undefined)
  })

  test('finds a key by its id within its organisation alone', async () => {
    const store = await create()
    const key = await keyOf('a')
    await store.add(key)
    expect(await store.find('acme', 'a')).toEqual(key)
    expect(await store.find('other', 'a')).toBe(undefined)
  })

  test('refuses an id or a hash that is taken', async () => {
    const store = await create()
    const key = await keyOf('a')
    await store.add(key)
    expect(await fails(store.add({ ...(await keyOf('b')), id: 'a' }))).toBe(true)
    expect(await fails(store.add({ ...(await keyOf('b')), hash: key.hash }))).toBe(true)
  })

  test('lists only the keys of the organisation, newest first', async () => {
    const store = await create()
    await store.add(await keyOf('old'))
    await store.add(await keyOf('new', 'acme', 2))
    await store.add(await keyOf('theirs', 'other', 3))
    const ids = (await store.list('acme')).map(({ id }) => id)
    expect(ids).toEqual(['new', 'old'])
  })
}

function testChanges(create: () => Promise<KeyStore>, { test, expect }: TestRunner): void {
  test('revokes a key of the organisation once, and no key of another', async () => {
    const store = await create()
    const key = await keyOf('a')
    await store.add(key)
    expect(await store.revoke('other', 'a', 5)).toBe(false)
    expect(await store.revoke('acme', 'a', 10)).toBe(true)
    expect(await store.revoke('acme', 'a', 20)).toBe(true)
    expect((await store.findByHash(key.hash))?.revokedAt).toBe(10)
  })

  test('changes what is given of a key of the organisation, and no key of another', async () => {
    const store = await create()
    const key = await keyOf('a')
    await store.add(key)
    expect(await store.update('other', 'a', { name: 'theirs' })).toBe(false)
    expect(await store.update('acme', 'b', { name: 'none' })).toBe(false)
    expect(await store.update('acme', 'a', { scopes: { providers: ['openai'] }, expiresAt: 9 })).toBe(true)
    expect(await store.update('acme', 'a', { name: 'new' })).toBe(true)
    expect(await store.update('acme', 'a', {})).toBe(true)
    const changed = { ...key, name: 'new', scopes: { providers: ['openai'] }, expiresAt: 9 }
    expect(await store.findByHash(key.hash)).toEqual(changed)
    await store.update('acme', 'a', { expiresAt: null, scopes: {} })
    expect(await store.find('acme', 'a')).toEqual({ ...key, name: 'new' })
  })
}

function testRotation(create: () => Promise<KeyStore>, { test, expect }: TestRunner): void {
  test('a rotated key keeps its id and is found by its new and its last secret, not by one before', async () => {
    const store = await create()
    const key = await keyOf('a')
    const [second, third] = [await hashGatewayKey('gw_2'), await hashGatewayKey('gw_3')]
    await store.add(key)
    expect(await store.rotate('other', 'a', { hash: second, lastFour: '2222', previousUntil: 50 })).toBe(false)
    expect(await store.rotate('acme', 'a', { hash: second, lastFour: '2222', previousUntil: 50 })).toBe(true)
    const rotated = { ...key, hash: second, lastFour: '2222', previousHash: key.hash, previousUntil: 50 }
    expect(await store.findByHash(second)).toEqual(rotated)
    expect(await store.findByHash(key.hash)).toEqual(rotated)

    expect(await store.rotate('acme', 'a', { hash: third, lastFour: '3333', previousUntil: 60 })).toBe(true)
    expect(await store.findByHash(key.hash)).toBe(undefined)
    expect((await store.findByHash(second))?.hash).toBe(third)
  })

  test('neither a revoked key nor one that is not there can be rotated', async () => {
    const store = await create()
    const key = await keyOf('a')
    await store.add(key)
    await store.revoke('acme', 'a', 10)
    const rotation = { hash: await hashGatewayKey('gw_2'), lastFour: '2222', previousUntil: 50 }
    expect(await store.rotate('acme', 'a', rotation)).toBe(false)
    expect(await store.rotate('acme', 'b', rotation)).toBe(false)
    expect(await store.find('acme', 'a')).toEqual({ ...key, revokedAt: 10 })
  })

  test('a secret that another key has is refused', async () => {
    const store = await create()
    const other = await keyOf('b', 'other')
    await store.add(await keyOf('a'))
    await store.add(other)
    expect(await fails(store.rotate('acme', 'a', { hash: other.hash, lastFour: 'wxyz', previousUntil: 50 }))).toBe(true)
  })
}

function testUses(create: () => Promise<KeyStore>, { test, expect }: TestRunner): void {
  test('the latest use of each key stays, in whatever order they arrive', async () => {
    const store = await create()
    for (const id of ['a', 'b', 'c']) await store.add(await keyOf(id))
    await store.touch([])
    await store.touch([
      { id: 'a', at: 30 },
      { id: 'b', at: 5 },
      { id: 'a', at: 20 },
      { id: 'gone', at: 1 },
    ])
    await store.touch([
      { id: 'a', at: 10 },
      { id: 'b', at: 6 },
    ])
    const uses = await Promise.all(['a', 'b', 'c'].map(async (id) => (await store.find('acme', id))?.lastUsedAt))
    expect(uses).toEqual([30, 6, null])
  })
}

async function fails(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => false,
    () => true,
  )
}
