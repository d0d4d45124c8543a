import type { GatewayKey } from './gateway-key.ts'
import type { KeyStore } from './key-store.ts'

/** A key store that forgets everything when the process ends; for tests and for gateways with fixed keys. */
export function createMemoryKeyStore(initial: readonly GatewayKey[] = []): KeyStore {
  const keys = new Map(initial.map((key) => [key.id, key]))
  const find = (hash: string): GatewayKey | undefined => [...keys.values()].find((key) => key.hash === hash)

  return {
    findByHash: async (hash) => find(hash),
    add: async (key) => {
      if (keys.has(key.id) || find(key.hash)) throw new Error(`A gateway key with id "${key.id}" or its hash exists.`)
      keys.set(key.id, key)
    },
    revoke: async (orgId, id, at) => {
      const key = keys.get(id)
      if (key?.orgId !== orgId) return false
      keys.set(id, { ...key, revokedAt: key.revokedAt ?? at })
      return true
    },
    list: async (orgId) =>
      [...keys.values()].filter((key) => key.orgId === orgId).toSorted((a, b) => b.createdAt - a.createdAt),
  }
}
