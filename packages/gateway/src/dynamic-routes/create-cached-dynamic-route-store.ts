import { createLookupCache, type StoreCacheOptions } from '@gw/keys'
import type { DynamicRouteStore, ServedRoute } from './dynamic-route-store.ts'

/**
 * Keeps the routes that callers name in memory, so that a warm isolate awaits no storage for them (`createLookupCache` of
 * `@gw/keys`). What is changed here counts here at once.
 */
export function createCachedDynamicRouteStore(store: DynamicRouteStore, options: StoreCacheOptions): DynamicRouteStore {
  const cache = createLookupCache<ServedRoute>({ ...options, load: (key) => find(store, key) })
  const andForget = <T>(change: Promise<T>): Promise<T> => change.finally(() => cache.clear())

  return {
    list: (scope) => store.list(scope),
    find: (scope, id) => store.find(scope, id),
    findByName: ({ orgId, gatewayId }, name) => cache.get(JSON.stringify([orgId, gatewayId, name])),
    add: (scope, route) => andForget(store.add(scope, route)),
    rename: (scope, id, change) => andForget(store.rename(scope, id, change)),
    remove: (scope, id) => andForget(store.remove(scope, id)),
    versions: (scope, routeId) => store.versions(scope, routeId),
    addVersion: (scope, routeId, version) => andForget(store.addVersion(scope, routeId, version)),
    deployments: (scope, routeId) => store.deployments(scope, routeId),
    deploy: (scope, routeId, deployment) => andForget(store.deploy(scope, routeId, deployment)),
  }
}

function find(store: DynamicRouteStore, key: string): Promise<ServedRoute | undefined> {
  const [orgId, gatewayId, name]: [string, string, string] = JSON.parse(key)
  return store.findByName({ orgId, gatewayId }, name)
}
