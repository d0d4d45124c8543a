import type { KeyLevel, KeyOwner, ProviderKey } from './provider-key.ts'
import type { ProviderKeyStore } from './provider-key-store.ts'
import type { SealedSecret } from './vault.ts'

/** A store of provider keys that forgets everything when the process ends; for tests and for gateways with fixed keys. */
export function createMemoryProviderKeyStore(initial: readonly ProviderKey[] = []): ProviderKeyStore {
  const keys = new Map(initial.map((key) => [key.id, key]))
  const find = (owner: KeyOwner, id: string): ProviderKey | undefined => {
    const key = keys.get(id)
    return key && isOf(owner, key) ? key : undefined
  }
  const withOtherVersion = (version: string): ProviderKey[] =>
    [...keys.values()].filter(({ sealed }) => sealed.version !== version).toSorted((a, b) => (a.id < b.id ? -1 : 1))

  return {
    findFor: async ({ providerId, orgId, userId, tierId }) => {
      const serves: Readonly<Record<KeyLevel, (key: ProviderKey) => boolean>> = {
        user: (key) => key.orgId === orgId && key.userId === userId,
        org: (key) => key.orgId === orgId,
        system_tier: (key) => key.tierId === tierId,
        system: () => true,
      }
      return [...keys.values()].filter((key) => key.providerId === providerId && serves[key.level](key))
    },
    find: async (owner, id) => find(owner, id),
    list: async (owner) =>
      [...keys.values()].filter((key) => isOf(owner, key)).toSorted((a, b) => b.createdAt - a.createdAt),
    add: async (key) => {
      if (keys.has(key.id)) throw new Error(`A provider key with id "${key.id}" exists.`)
      if (!isWhole(key)) throw new Error(`Provider key "${key.id}" is not as its level and weight must be.`)
      keys.set(key.id, key)
    },
    update: async (owner, id, { secret, ...change }) => {
      const key = find(owner, id)
      if (!key) return false
      keys.set(id, { ...key, ...change, ...secret, ...(secret && { rejection: null }) })
      return true
    },
    remove: async (owner, id) => find(owner, id) !== undefined && keys.delete(id),
    mark: async (id, rejection) => {
      const key = keys.get(id)
      if (key) keys.set(id, { ...key, rejection })
    },
    listOtherVersions: async (version, limit) => withOtherVersion(version).slice(0, limit),
    countOtherVersions: async (version) => withOtherVersion(version).length,
    replaceSealed: async (id, expected, sealed) => {
      const key = keys.get(id)
      if (!key || !isSame(key.sealed, expected)) return false
      keys.set(id, { ...key, sealed })
      return true
    },
  }
}

function isOf(owner: KeyOwner, { orgId }: ProviderKey): boolean {
  return orgId === ('orgId' in owner ? owner.orgId : null)
}

function isWhole({ level, orgId, userId, tierId, weight }: ProviderKey): boolean {
  const isOfOrg = level === 'user' || level === 'org'
  return (
    (orgId !== null) === isOfOrg &&
    (userId !== null) === (level === 'user') &&
    (tierId !== null) === (level === 'system_tier') &&
    weight >= 1 &&
    weight <= 1000
  )
}

function isSame(a: SealedSecret, b: SealedSecret): boolean {
  return a.version === b.version && a.dataKey === b.dataKey && a.text === b.text
}
