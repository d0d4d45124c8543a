import { createLookupCache } from './create-lookup-cache.ts'
import type { KeyStore } from './key-store.ts'

export interface StoreCacheOptions {
  now(): number
  /** How long an answer may be used, ms: a key that is revoked elsewhere works at most that long. Default 10 s. */
  ttlMs?: number
  /** How old an answer may become while the store cannot be read, ms. Default five minutes. */
  staleMs?: number
  /** Most answers remembered. Default 10,000. */
  maxEntries?: number
}

/**
 * Keeps look-ups in memory, so that a warm isolate awaits no storage for a known key (`createLookupCache`). Unknown hashes
 * are not kept: strangers cannot push known keys out, and a new key works at once. What is changed here counts here at
 * once, and elsewhere after `ttlMs`.
 */
export function createCachedKeyStore(store: KeyStore, options: StoreCacheOptions): KeyStore {
  const cache = createLookupCache({ ...options, load: (hash) => store.findByHash(hash) })
  const andForget = <T>(change: Promise<T>): Promise<T> => change.finally(() => cache.clear())

  return {
    findByHash: (hash) => cache.get(hash),
    find: (orgId, id) => store.find(orgId, id),
    list: (orgId) => store.list(orgId),
    add: (key) => store.add(key),
    update: (orgId, id, change) => andForget(store.update(orgId, id, change)),
    rotate: (orgId, id, rotation) => andForget(store.rotate(orgId, id, rotation)),
    revoke: (orgId, id, at) => andForget(store.revoke(orgId, id, at)),
    touch: (uses) => store.touch(uses),
  }
}
