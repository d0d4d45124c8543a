import type { ProviderKey } from './provider-key.ts'
import type { Secret } from './secret.ts'
import { VaultError } from './vault-error.ts'
import type { Vault } from './vault.ts'

/** A stored key's secret, or a sentence on why it cannot be read. */
export type OpenedKey = { secret: Secret } | { secret: undefined; reason: string }

/**
 * Opens stored keys. A secret is kept as long as the record that it came from, so it is decrypted once for the life of the
 * cached record and is gone with it; what cannot be opened is reported once for as long.
 */
export function createKeyOpener(
  vault: Vault | undefined,
  report: (error: unknown) => void,
): (key: ProviderKey) => Promise<OpenedKey> {
  const opened = new WeakMap<ProviderKey, OpenedKey>()

  const open = async ({ id, orgId, providerId, sealed }: ProviderKey): Promise<OpenedKey> => {
    if (!vault) return { secret: undefined, reason: 'GW_MASTER_KEY is not set, so stored keys cannot be read.' }
    try {
      return { secret: await vault.open(sealed, { orgId, providerId, recordId: id }) }
    } catch (error) {
      report(error)
      return { secret: undefined, reason: error instanceof VaultError ? error.message : 'It could not be opened.' }
    }
  }

  return async (key) => {
    const known = opened.get(key)
    if (known) return known
    const answer = await open(key)
    opened.set(key, answer)
    return answer
  }
}
