import type { TestRunner } from '@gw/keys/testing'
import type { Gateway, GatewayStore } from './gateway-store.ts'

const gateway = (orgId: string, id: string, settings: Gateway['settings'] = {}) => ({ orgId, id, settings })

/** The contract of every `GatewayStore`. `create` returns an empty one that knows the organisations `acme` and `other`. */
export function testGatewayStore(create: () => Promise<GatewayStore>, { test, expect }: TestRunner): void {
  test('lists the gateways of the organisation alone, in the order of their ids', async () => {
    const store = await create()
    for (const one of [gateway('acme', 'b'), gateway('other', 'a'), gateway('acme', 'a')]) await store.save(one, 1)
    expect(await store.list('acme')).toEqual([
      { ...gateway('acme', 'a'), cacheGeneration: 1 },
      { ...gateway('acme', 'b'), cacheGeneration: 1 },
    ])
    expect(await store.list('nobody')).toEqual([])
    expect(await store.find('other', 'b')).toBe(undefined)
  })

  test('what is saved again has the new settings alone, and another organisation keeps its own', async () => {
    const store = await create()
    await store.save(gateway('acme', 'a', { retry_max_attempts: 3, collect_logs: false }), 1)
    await store.save(gateway('other', 'a', { retry_max_attempts: 5 }), 1)
    await store.save(gateway('acme', 'a', { free_fallback: false }), 2)
    expect(await store.find('acme', 'a')).toEqual({
      ...gateway('acme', 'a', { free_fallback: false }),
      cacheGeneration: 1,
    })
    expect(await store.find('other', 'a')).toEqual({
      ...gateway('other', 'a', { retry_max_attempts: 5 }),
      cacheGeneration: 1,
    })
  })

  test('knows when gateways were made and changed', async () => {
    const store = await create()
    await store.save(gateway('acme', 'a'), 1)
    await store.save(gateway('acme', 'b'), 2)
    await store.save(gateway('other', 'a'), 3)
    await store.save(gateway('acme', 'a', { collect_logs: false }), 4)
    expect([...(await store.stamps('acme'))]).toEqual([
      ['a', { createdAt: 1, modifiedAt: 4 }],
      ['b', { createdAt: 2, modifiedAt: 2 }],
    ])
  })

  test('removes a gateway of the organisation once', async () => {
    const store = await create()
    await store.save(gateway('acme', 'a'), 1)
    expect(await store.find('acme', 'a')).toEqual({ ...gateway('acme', 'a'), cacheGeneration: 1 })
    expect(await store.remove('other', 'a')).toBe(false)
    expect(await store.remove('acme', 'a')).toBe(true)
    expect(await store.remove('acme', 'a')).toBe(false)
    expect(await store.find('acme', 'a')).toBe(undefined)
  })

  testPurges(create, { test, expect })
}

function testPurges(create: () => Promise<GatewayStore>, { test, expect }: TestRunner): void {
  test('a purge raises the generation of the cache, also where the clock stands still or runs back, and a change of settings does not', async () => {
    const store = await create()
    await store.save(gateway('acme', 'a'), 5)
    await store.save(gateway('other', 'a'), 5)
    const generation = async () => (await store.find('acme', 'a'))?.cacheGeneration
    const seen = [await generation()]
    for (const at of [9, 9, 3]) {
      expect(await store.purge('acme', 'a', at)).toBe(true)
      seen.push(await generation())
    }
    await store.save(gateway('acme', 'a', { cache_ttl: 60 }), 20)
    expect([...seen, await generation()]).toEqual([5, 9, 10, 11, 11])
    expect((await store.find('other', 'a'))?.cacheGeneration).toBe(5)
    expect(await store.purge('nobody', 'a', 30)).toBe(false)
  })

  test('a gateway that is made anew has a generation of its own', async () => {
    const store = await create()
    await store.save(gateway('acme', 'a'), 5)
    await store.remove('acme', 'a')
    await store.save(gateway('acme', 'a'), 6)
    expect((await store.find('acme', 'a'))?.cacheGeneration).toBe(6)
  })
}
