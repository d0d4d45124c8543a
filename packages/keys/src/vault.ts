import type { Secret } from './secret.ts'

/** A secret as it may be stored. It opens only with its master key, and only for the record that it was sealed for. */
export interface SealedSecret {
  /** Of the master key that wraps the data key. */
  version: string
  /** The data key, encrypted by the master key: IV, ciphertext and tag in base64. */
  dataKey: string
  /** The secret, encrypted by the data key: the same. */
  text: string
}

/** The record that a sealed secret belongs to; both layers of encryption are bound to it. */
export interface SealContext {
  /** `null` for keys of the operator. */
  orgId: string | null
  providerId: string
  recordId: string
}

/** Bytes as they may be stored: longer than a secret, and bound in the same way. */
export interface SealedBytes {
  /** Of the master key that wraps the data key. */
  version: string
  /** The data key, encrypted by the master key: IV, ciphertext and tag in base64. */
  dataKey: string
  /** IV, ciphertext and tag. */
  bytes: Uint8Array<ArrayBuffer>
}

/** The record that sealed bytes belong to. */
export interface BytesContext {
  orgId: string
  recordId: string
}

/** Seals secrets for storage, each with a data key of its own, which a master key wraps. */
export interface Vault {
  /** Of the current master key: what is sealed now has it. */
  readonly version: string
  seal(secret: Secret, bound: SealContext): Promise<SealedSecret>
  /** @throws VaultError when the master key is not known, or the secret was changed or belongs to another record. */
  open(sealed: SealedSecret, bound: SealContext): Promise<Secret>
  /**
   * Wraps the data key with the current master key; the encrypted secret stays as it is. Gives the same object where the
   * version is current already. @throws VaultError as `open` does.
   */
  rewrap(sealed: SealedSecret, bound: SealContext): Promise<SealedSecret>
  sealBytes(bytes: Uint8Array<ArrayBuffer>, bound: BytesContext): Promise<SealedBytes>
  /** @throws VaultError as `open` does. */
  openBytes(sealed: SealedBytes, bound: BytesContext): Promise<Uint8Array<ArrayBuffer>>
  /** Whether secrets of a version can be opened. */
  knows(version: string): boolean
}
