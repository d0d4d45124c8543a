import { hashGatewayKey, type GatewayKey } from './gateway-key.ts'
import type { KeyStore } from './key-store.ts'

/** The test functions that a contract needs, as vitest, Jest and node:test have them. */
export interface TestRunner {
  test(title: string, run: () => Promise<void>): void
  expect(actual: unknown): { toEqual(expected: unknown): void; toBe(expected: unknown): void }
}

/** The contract of every `KeyStore`. `create` returns an empty store. */
export function testKeyStore(create: () => Promise<KeyStore>, { test, expect }: TestRunner): void {
  const keyOf = async (id: string, orgId: string, createdAt: number): Promise<GatewayKey> => ({
    id,
    orgId,
    userId: null,
    name: id,
    hash: await hashGatewayKey(`gw_${orgId}_${id}`),
    lastFour: 'wxyz',
    createdAt,
    revokedAt: null,
  })

  test('finds a key by its hash and nothing by another', async () => {
    const store = await create()
    const key = await keyOf('a', 'acme', 1)
    await store.add(key)
    expect(await store.findByHash(key.hash)).toEqual(key)
    expect(await store.findByHash(await hashGatewayKey('gw_other'))).toBe(undefined)
  })

  test('lists only the keys of the organisation, newest first', async () => {
    const store = await create()
    await store.add(await keyOf('old', 'acme', 1))
    await store.add(await keyOf('new', 'acme', 2))
    await store.add(await keyOf('theirs', 'other', 3))
    const ids = (await store.list('acme')).map(({ id }) => id)
    expect(ids).toEqual(['new', 'old'])
  })

  test('revokes a key of the organisation once, and no key of another', async () => {
    const store = await create()
    const key = await keyOf('a', 'acme', 1)
    await store.add(key)
    expect(await store.revoke('other', 'a', 5)).toBe(false)
    expect(await store.revoke('acme', 'a', 10)).toBe(true)
    expect(await store.revoke('acme', 'a', 20)).toBe(true)
    expect((await store.findByHash(key.hash))?.revokedAt).toBe(10)
  })
}
