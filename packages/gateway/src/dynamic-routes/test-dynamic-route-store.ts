import type { TestRunner } from '@gw/keys/testing'
import type { DynamicRouteStore, RouteScope } from './dynamic-route-store.ts'

const mine: RouteScope = { orgId: 'acme', gatewayId: 'default' }
/** Who must see nothing of it: another gateway, and another organisation. */
const others: readonly RouteScope[] = [
  { orgId: 'acme', gatewayId: 'second' },
  { orgId: 'other', gatewayId: 'default' },
]

const route = (id: string, name = id, createdAt = 1) => ({ id, name, createdAt, modifiedAt: createdAt })
const version = (id: string, createdAt = 2, isValid = true) => ({
  id,
  elements: [{ id: 'start', type: 'start', note: `"quoted" ${id}` }],
  isValid,
  createdAt,
})

/**
 * The contract of every `DynamicRouteStore`. `create` returns an empty one that knows the gateways `default` and `second`
 * of the organisation `acme`, and `default` of `other`.
 */
export function testDynamicRouteStore(create: () => Promise<DynamicRouteStore>, runner: TestRunner): void {
  testRoutes(create, runner)
  testVersions(create, runner)
  testScopes(create, runner)
}

type Create = () => Promise<DynamicRouteStore>

function testRoutes(create: Create, { test, expect }: TestRunner): void {
  test('lists the routes of the gateway alone, oldest first, each with its newest version', async () => {
    const store = await create()
    await store.add(mine, route('late', 'late', 2))
    await store.add(mine, route('early', 'early', 1))
    for (const scope of others) await store.add(scope, route(`of-${scope.orgId}-${scope.gatewayId}`, 'late'))
    await store.addVersion(mine, 'late', version('v1', 3))
    await store.addVersion(mine, 'late', version('v2', 4))
    expect(await store.list(mine)).toEqual([
      { ...route('early'), deployment: undefined, version: undefined },
      {
        ...route('late', 'late', 2),
        modifiedAt: 4,
        deployment: undefined,
        version: { ...version('v2', 4), number: 2 },
      },
    ])
  })

  test('a name is a route’s own within its gateway', async () => {
    const store = await create()
    await store.add(mine, route('a'))
    await store.add(mine, route('b'))
    const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'done').catch(() => 'refused')
    expect(await outcome(store.add(mine, route('c', 'a')))).toBe('refused')
    expect(await outcome(store.rename(mine, 'b', { name: 'a', at: 2 }))).toBe('refused')
    expect(await store.rename(mine, 'b', { name: 'b', at: 2 })).toBe(true)
    expect(await store.rename(mine, 'b', { name: 'B', at: 3 })).toBe(true)
    expect(await store.findByName(mine, 'b')).toBe(undefined)
    const { id, modifiedAt } = (await store.findByName(mine, 'B')) ?? {}
    expect([id, modifiedAt]).toEqual(['b', 3])
  })
}

function testVersions(create: Create, { test, expect }: TestRunner): void {
  test('the version that was deployed last serves, whatever is drafted', async () => {
    const store = await create()
    await store.add(mine, route('a'))
    await store.addVersion(mine, 'a', version('v1'))
    await store.addVersion(mine, 'a', version('v2'))
    const deployment = (id: string, versionId: string, createdAt: number) => ({ id, versionId, createdAt })
    expect(await store.deploy(mine, 'a', deployment('d1', 'v1', 5))).toBe(true)
    expect((await store.findByName(mine, 'a'))?.version).toEqual({ ...version('v1'), number: 1 })
    await store.deploy(mine, 'a', deployment('d2', 'v2', 5))
    const second = await store.find(mine, 'a')
    expect([second?.deployment?.id, second?.version?.id]).toEqual(['d2', 'v2'])
    await store.deploy(mine, 'a', deployment('d3', 'v1', 6))
    expect(await store.find(mine, 'a')).toEqual({
      ...route('a'),
      modifiedAt: 2,
      deployment: deployment('d3', 'v1', 6),
      version: { ...version('v1'), number: 1 },
    })
    expect((await store.deployments(mine, 'a')).map(({ id }) => id)).toEqual(['d3', 'd2', 'd1'])
  })

  test('versions come back as they went in, numbered and newest first', async () => {
    const store = await create()
    await store.add(mine, route('a'))
    expect(await store.addVersion(mine, 'a', version('v1', 2, false))).toEqual({
      ...version('v1', 2, false),
      number: 1,
    })
    await store.addVersion(mine, 'a', version('v2', 3))
    expect(await store.versions(mine, 'a')).toEqual([
      { ...version('v2', 3), number: 2 },
      { ...version('v1', 2, false), number: 1 },
    ])
  })
}

function testScopes(create: Create, { test, expect }: TestRunner): void {
  test('nothing of a route is seen or changed from another gateway or organisation', async () => {
    const store = await create()
    await store.add(mine, route('a'))
    await store.addVersion(mine, 'a', version('v1'))
    await store.deploy(mine, 'a', { id: 'd1', versionId: 'v1', createdAt: 3 })
    for (const scope of others) {
      expect(await store.find(scope, 'a')).toBe(undefined)
      expect(await store.findByName(scope, 'a')).toBe(undefined)
      expect(await store.versions(scope, 'a')).toEqual([])
      expect(await store.deployments(scope, 'a')).toEqual([])
      expect(await store.rename(scope, 'a', { name: 'theirs', at: 9 })).toBe(false)
      expect(await store.addVersion(scope, 'a', version('v9'))).toBe(undefined)
      expect(await store.deploy(scope, 'a', { id: 'd9', versionId: 'v1', createdAt: 9 })).toBe(false)
      expect(await store.remove(scope, 'a')).toBe(false)
    }
    const still = await store.findByName(mine, 'a')
    expect([still?.modifiedAt, still?.version?.id]).toEqual([2, 'v1'])
  })

  test('only versions of the route itself can be deployed', async () => {
    const store = await create()
    for (const id of ['a', 'b']) await store.add(mine, route(id))
    await store.addVersion(mine, 'b', version('of-b'))
    expect(await store.deploy(mine, 'a', { id: 'd', versionId: 'of-b', createdAt: 3 })).toBe(false)
    expect(await store.deploy(mine, 'a', { id: 'd', versionId: 'none', createdAt: 3 })).toBe(false)
    expect(await store.deployments(mine, 'a')).toEqual([])
  })

  test('a route is removed once, with all that it had, and its name is free', async () => {
    const store = await create()
    await store.add(mine, route('a'))
    await store.addVersion(mine, 'a', version('v1'))
    await store.deploy(mine, 'a', { id: 'd1', versionId: 'v1', createdAt: 3 })
    expect(await store.remove(mine, 'a')).toBe(true)
    expect(await store.remove(mine, 'a')).toBe(false)
    expect(await store.findByName(mine, 'a')).toBe(undefined)
    await store.add(mine, route('again', 'a'))
    expect((await store.addVersion(mine, 'again', version('v1')))?.number).toBe(1)
  })
}
