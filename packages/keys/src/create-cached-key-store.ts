import type { GatewayKey } from './gateway-key.ts'
import type { KeyStore } from './key-store.ts'

export interface KeyCacheOptions {
  now(): number
  /** How long an answer may be used, ms; a revoked key works at most that long. Default 10 s. */
  ttlMs?: number
  /** Most hashes remembered. Default 10,000. */
  maxEntries?: number
}

/**
 * Keeps look-ups in memory, so that a warm isolate awaits no storage for a known key. Unknown hashes are not kept:
 * strangers cannot push known keys out, and a new key works at once.
 */
export function createCachedKeyStore(store: KeyStore, options: KeyCacheOptions): KeyStore {
  const { now, ttlMs = 10_000, maxEntries = 10_000 } = options
  const cache = new Map<string, { key: GatewayKey; until: number }>()

  return {
    findByHash: async (hash) => {
      const cached = cache.get(hash)
      if (cached && cached.until > now()) return cached.key
      const key = await store.findByHash(hash)
      cache.delete(hash)
      if (!key) return undefined
      if (cache.size >= maxEntries) cache.clear()
      cache.set(hash, { key, until: now() + ttlMs })
      return key
    },
    add: (key) => store.add(key),
    revoke: async (orgId, id, at) => {
      cache.clear()
      return store.revoke(orgId, id, at)
    },
    list: (orgId) => store.list(orgId),
  }
}
