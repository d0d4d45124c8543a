import type { KeyOwner, KeyRejection, ProviderKey } from './provider-key.ts'
import type { SealedSecret } from './vault.ts'

/** For which call keys are looked for. */
export interface ProviderKeyQuery {
  providerId: string
  orgId: string
  userId: string | null
  tierId: string | null
}

/** What of a key can be changed; what is absent stays. A new secret takes the mark of a rejection away. */
export interface ProviderKeyChange {
  alias?: string
  name?: string
  weight?: number
  /** A new secret, and its last four characters. */
  secret?: { sealed: SealedSecret; lastFour: string }
  disabledAt?: number | null
  updatedAt: number
}

/** Where the keys for upstream providers are kept. No query goes without the owner whose keys it may see. */
export interface ProviderKeyStore {
  /** The provider's keys that may serve this caller, of all four levels: disabled, resting and unreadable ones included. */
  findFor(query: ProviderKeyQuery): Promise<ProviderKey[]>
  find(owner: KeyOwner, id: string): Promise<ProviderKey | undefined>
  /** The owner's keys, newest first. */
  list(owner: KeyOwner): Promise<ProviderKey[]>
  /** @throws when the id is taken, the key does not say whose it is as its level demands, or the weight is not 1–1000. */
  add(key: ProviderKey): Promise<void>
  /** False when the owner has no such key. */
  update(owner: KeyOwner, id: string, change: ProviderKeyChange): Promise<boolean>
  /** False when the owner has no such key. */
  remove(owner: KeyOwner, id: string): Promise<boolean>
  /** Notes that a provider refused the key, or with `null` that it takes it again. Does nothing for a key that is gone. */
  mark(id: string, rejection: KeyRejection | null): Promise<void>
  /** Keys of all owners whose master key has another version, in the order of their ids; for the rotation alone. */
  listOtherVersions(version: string, limit: number): Promise<ProviderKey[]>
  countOtherVersions(version: string): Promise<number>
  /** Replaces the sealed secret if it still is `expected`; says whether it was. */
  replaceSealed(id: string, expected: SealedSecret, sealed: SealedSecret): Promise<boolean>
}
