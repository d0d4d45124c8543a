import { createVault } from '../create-vault.ts'
import { parseMasterKeys } from '../parse-master-keys.ts'
import type { Vault } from '../vault.ts'

export const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)

/** A master key whose 32 bytes are all the same. */
export function masterKeyOf(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64')
}

/** A vault with the master key of the first byte, which knows those of the others. */
export function vaultOf(byte: number, ...previous: number[]): Vault {
  const masterKeys = parseMasterKeys(masterKeyOf(byte), previous.map(masterKeyOf).join(','))
  if (!masterKeys) throw new Error('There is a master key.')
  return createVault({ masterKeys, random })
}
