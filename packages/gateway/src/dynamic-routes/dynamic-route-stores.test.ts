import { describe, expect, test } from 'vitest'
import { createCachedDynamicRouteStore } from './create-cached-dynamic-route-store.ts'
import { createMemoryDynamicRouteStore } from './create-memory-dynamic-route-store.ts'
import { testDynamicRouteStore } from './test-dynamic-route-store.ts'

const runner = { test, expect }

describe('dynamic routes in memory', () => {
  testDynamicRouteStore(async () => createMemoryDynamicRouteStore(), runner)
})

describe('dynamic routes behind the cache', () => {
  testDynamicRouteStore(
    async () => createCachedDynamicRouteStore(createMemoryDynamicRouteStore(), { now: () => 0 }),
    runner,
  )
})

test('a named route is read once in ten seconds, and what changes elsewhere counts then', async () => {
  const clock = { now: 0 }
  const elsewhere = createMemoryDynamicRouteStore()
  const cached = createCachedDynamicRouteStore(elsewhere, { now: () => clock.now })
  const scope = { orgId: 'acme', gatewayId: 'default' }
  await elsewhere.add(scope, { id: 'a', name: 'a', createdAt: 1, modifiedAt: 1 })
  const numberOf = async () => (await cached.findByName(scope, 'a'))?.version?.number
  expect(await numberOf()).toBe(undefined)
  await elsewhere.addVersion(scope, 'a', { id: 'v1', elements: [], isValid: true, createdAt: 2 })
  expect(await numberOf()).toBe(undefined)
  clock.now = 10_000
  expect(await numberOf()).toBe(1)
  await cached.addVersion(scope, 'a', { id: 'v2', elements: [], isValid: true, createdAt: 3 })
  expect(await numberOf()).toBe(2)
})
