import type { SealedRecord, SealedSecretStore } from './sealed-secret-store.ts'

/** Sealed secrets in memory; for tests. */
export function createMemorySealedSecretStore(): SealedSecretStore {
  const records = new Map<string, SealedRecord>()
  const find = (orgId: string | null, id: string): SealedRecord | undefined => {
    const record = records.get(id)
    return record?.orgId === orgId ? record : undefined
  }
  const others = (version: string): SealedRecord[] =>
    [...records.values()].filter(({ sealed }) => sealed.version !== version)
  return {
    put: async (record) => void records.set(record.id, record),
    find: async (orgId, id) => find(orgId, id),
    remove: async (orgId, id) => {
      if (find(orgId, id)) records.delete(id)
    },
    listOtherVersions: async (version, limit) =>
      others(version)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    countOtherVersions: async (version) => others(version).length,
    replaceSealed: async (id, expected, sealed) => {
      const record = records.get(id)
      if (!record || JSON.stringify(record.sealed) !== JSON.stringify(expected)) return false
      records.set(id, { ...record, sealed })
      return true
    },
  }
}
