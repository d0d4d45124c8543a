import type { SealedSecret } from '@gw/keys'

/** A secret beside the provider keys, as it is kept: it opens for its organisation, purpose and id alone. */
export interface SealedRecord {
  id: string
  /** `null` for the operator's. */
  orgId: string | null
  /** What it is for, such as `alert-channel`. */
  purpose: string
  sealed: SealedSecret
}

/** Where such secrets are kept. */
export interface SealedSecretStore {
  /** Takes the place of one with the same id. */
  put(record: SealedRecord): Promise<void>
  find(orgId: string | null, id: string): Promise<SealedRecord | undefined>
  remove(orgId: string | null, id: string): Promise<void>
  /** Those that another master key wraps, in the order of their ids. */
  listOtherVersions(version: string, limit: number): Promise<SealedRecord[]>
  countOtherVersions(version: string): Promise<number>
  /** False where the record is no longer as expected. */
  replaceSealed(id: string, expected: SealedSecret, sealed: SealedSecret): Promise<boolean>
}
