import type { GatewayKey } from './gateway-key.ts'
import type { KeyStore } from './key-store.ts'

/** A key store that forgets everything when the process ends; for tests and for gateways with fixed keys. */
export function createMemoryKeyStore(initial: readonly GatewayKey[] = []): KeyStore {
  const keys = new Map(initial.map((key) => [key.id, key]))
  const withHash = (hash: string): GatewayKey | undefined => [...keys.values()].find((key) => key.hash === hash)
  const change = (orgId: string, id: string, to: (key: GatewayKey) => GatewayKey): boolean => {
    const key = keys.get(id)
    if (key?.orgId !== orgId) return false
    keys.set(id, to(key))
    return true
  }
  const find = (orgId: string, id: string): GatewayKey | undefined => {
    const key = keys.get(id)
    return key?.orgId === orgId ? key : undefined
  }

  return {
    findByHash: async (hash) => withHash(hash) ?? [...keys.values()].find((key) => key.previousHash === hash),
    find: async (orgId, id) => find(orgId, id),
    list: async (orgId) =>
      [...keys.values()].filter((key) => key.orgId === orgId).toSorted((a, b) => b.createdAt - a.createdAt),
    add: async (key) => {
      if (keys.has(key.id) || withHash(key.hash))
        throw new Error(`A gateway key with id "${key.id}" or its hash exists.`)
      keys.set(key.id, key)
    },
    update: async (orgId, id, to) => change(orgId, id, (key) => ({ ...key, ...to })),
    rotate: async (orgId, id, { hash, lastFour, previousUntil }) => {
      if (withHash(hash)) throw new Error('A gateway key with this hash exists.')
      if (find(orgId, id)?.revokedAt !== null) return false
      return change(orgId, id, (key) => ({ ...key, hash, lastFour, previousHash: key.hash, previousUntil }))
    },
    revoke: async (orgId, id, at) => change(orgId, id, (key) => ({ ...key, revokedAt: key.revokedAt ?? at })),
    touch: async (uses) => {
      for (const { id, at } of uses) {
        const key = keys.get(id)
        if (key) keys.set(id, { ...key, lastUsedAt: Math.max(key.lastUsedAt ?? at, at) })
      }
    },
  }
}
