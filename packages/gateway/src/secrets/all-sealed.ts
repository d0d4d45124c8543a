import type { ProviderKeyStore, SealedRecordStore } from '@gw/keys'
import type { SealedSecretStore } from './sealed-secret-store.ts'

interface Sealed {
  providerKeys: ProviderKeyStore
  alerts: { secrets: SealedSecretStore }
}

/** Everything that the master key seals for storage: provider keys, and secrets of other kinds after them. */
export function allSealed({ providerKeys, alerts: { secrets } }: Sealed): SealedRecordStore {
  return {
    listOtherVersions: async (version, limit) => {
      const keys = await providerKeys.listOtherVersions(version, limit)
      const others = keys.length < limit ? await secrets.listOtherVersions(version, limit - keys.length) : []
      return [...keys, ...others.map(({ purpose, ...record }) => ({ ...record, providerId: purpose }))]
    },
    countOtherVersions: async (version) =>
      (await providerKeys.countOtherVersions(version)) + (await secrets.countOtherVersions(version)),
    replaceSealed: async (id, expected, sealed) =>
      (await providerKeys.replaceSealed(id, expected, sealed)) || secrets.replaceSealed(id, expected, sealed),
  }
}
