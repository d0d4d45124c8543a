import { createLookupCache, type StoreCacheOptions } from '@gw/keys'
import type { Gateway, GatewayStore } from './gateway-store.ts'

/**
 * Keeps found gateways in memory, so that a warm isolate awaits no storage for them (`createLookupCache` of `@gw/keys`). What
 * is changed here counts here at once.
 */
export function createCachedGatewayStore(store: GatewayStore, options: StoreCacheOptions): GatewayStore {
  const cache = createLookupCache<Gateway>({ ...options, load: (key) => find(store, key) })
  const andForget = <T>(change: Promise<T>): Promise<T> => change.finally(() => cache.clear())

  return {
    find: (orgId, id) => cache.get(JSON.stringify([orgId, id])),
    stamps: (orgId) => store.stamps(orgId),
    list: (orgId) => store.list(orgId),
    save: (gateway, at) => andForget(store.save(gateway, at)),
    purge: (orgId, id, at) => andForget(store.purge(orgId, id, at)),
    remove: (orgId, id) => andForget(store.remove(orgId, id)),
  }
}

function find(store: GatewayStore, key: string): Promise<Gateway | undefined> {
  const [orgId, id]: [string, string] = JSON.parse(key)
  return store.find(orgId, id)
}
