import type { StoreCacheOptions } from './create-cached-key-store.ts'
import { createLookupCache } from './create-lookup-cache.ts'
import type { ProviderKey } from './provider-key.ts'
import type { ProviderKeyQuery, ProviderKeyStore } from './provider-key-store.ts'

/**
 * Keeps the keys of a provider and caller in memory, so that a warm isolate awaits no storage for them; that there are none
 * is remembered too (`createLookupCache`). What is changed here counts here at once, and elsewhere after `ttlMs`. Marks of
 * rejections do not empty the cache: the resolver knows its own.
 */
export function createCachedProviderKeyStore(store: ProviderKeyStore, options: StoreCacheOptions): ProviderKeyStore {
  const cache = createLookupCache<ProviderKey[]>({ ...options, load: (key) => store.findFor(parse(key)) })
  const andForget = <T>(change: Promise<T>): Promise<T> => change.finally(() => cache.clear())

  return {
    findFor: async (query) => (await cache.get(format(query))) ?? [],
    find: (owner, id) => store.find(owner, id),
    list: (owner) => store.list(owner),
    add: (key) => andForget(store.add(key)),
    update: (owner, id, change) => andForget(store.update(owner, id, change)),
    remove: (owner, id) => andForget(store.remove(owner, id)),
    mark: (id, rejection) => store.mark(id, rejection),
    listOtherVersions: (version, limit) => store.listOtherVersions(version, limit),
    countOtherVersions: (version) => store.countOtherVersions(version),
    replaceSealed: (id, expected, sealed) => andForget(store.replaceSealed(id, expected, sealed)),
  }
}

function format({ providerId, orgId, userId, tierId }: ProviderKeyQuery): string {
  return JSON.stringify([providerId, orgId, userId, tierId])
}

function parse(key: string): ProviderKeyQuery {
  const [providerId, orgId, userId, tierId]: [string, string, string | null, string | null] = JSON.parse(key)
  return { providerId, orgId, userId, tierId }
}
