import type { ProviderKey } from './provider-key.ts'
import type { ProviderKeyStore } from './provider-key-store.ts'
import { VaultError } from './vault-error.ts'
import type { Vault } from './vault.ts'

/** A sealed secret, and what it is bound to. */
export type SealedRecord = Pick<ProviderKey, 'id' | 'orgId' | 'providerId' | 'sealed'>

/** What holds sealed secrets. */
export interface SealedRecordStore extends Pick<ProviderKeyStore, 'countOtherVersions' | 'replaceSealed'> {
  listOtherVersions(version: string, limit: number): Promise<readonly SealedRecord[]>
}

export interface MasterKeyRotation {
  /** The database itself; a cache in front of it is emptied with each record. */
  store: SealedRecordStore
  /** Knows the new master key as its current one, and the old ones. */
  vault: Vault
  /** Most records rewrapped in this step. */
  limit: number
}

export interface RotationProgress {
  /** Records that this step rewrapped. */
  rewrapped: number
  /** Records that still have another master key, unreadable ones included. */
  remaining: number
  /** Ids of those that this step could not open: their master key is not configured, or they were tampered with. */
  unreadable: string[]
}

/**
 * One step of the change to a new master key: wraps the data keys of up to `limit` records anew. Call it until `remaining`
 * is the number of the unreadable ones. Each record changes by compare and set, so that steps at the same time, secrets
 * that are replaced meanwhile, or a crash in the middle do no harm.
 */
export async function rotateMasterKey({ store, vault, limit }: MasterKeyRotation): Promise<RotationProgress> {
  const tried = new Set<string>()
  const unreadable: string[] = []
  let rewrapped = 0
  while (rewrapped < limit) {
    // What was tried and is still listed, because it is unreadable, must not hide what comes after it.
    const records = await store.listOtherVersions(vault.version, limit + tried.size)
    const untried = records.filter(({ id }) => !tried.has(id)).slice(0, limit - rewrapped)
    if (untried.length === 0) break
    for (const record of untried) {
      tried.add(record.id)
      const outcome = await rewrap(record, { store, vault })
      if (outcome === 'unreadable') unreadable.push(record.id)
      if (outcome === 'rewrapped') rewrapped += 1
    }
  }
  return { rewrapped, remaining: await store.countOtherVersions(vault.version), unreadable }
}

type Outcome = 'rewrapped' | 'unreadable' | 'changed_meanwhile'

async function rewrap(
  { id, orgId, providerId, sealed }: SealedRecord,
  { store, vault }: Pick<MasterKeyRotation, 'store' | 'vault'>,
): Promise<Outcome> {
  try {
    const anew = await vault.rewrap(sealed, { orgId, providerId, recordId: id })
    return (await store.replaceSealed(id, sealed, anew)) ? 'rewrapped' : 'changed_meanwhile'
  } catch (error) {
    if (error instanceof VaultError) return 'unreadable'
    throw error
  }
}
