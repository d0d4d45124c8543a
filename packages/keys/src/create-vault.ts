import { fromBase64, toBase64 } from './base64.ts'
import type { MasterKeys } from './parse-master-keys.ts'
import { Secret } from './secret.ts'
import { VaultError } from './vault-error.ts'
import type { BytesContext, SealContext, SealedSecret, Vault } from './vault.ts'

export interface VaultOptions {
  /** From `parseMasterKeys`. */
  masterKeys: MasterKeys
  random(bytes: Uint8Array<ArrayBuffer>): void
}

/**
 * Seals secrets with AES-256-GCM: each with a random data key of its own, which the current master key wraps. Both layers
 * are bound to organisation, provider and record, so a sealed secret that is moved to another record does not open there.
 */
export function createVault({ masterKeys, random }: VaultOptions): Vault {
  const { version } = masterKeys.current
  const masterKeyOf = importOnce(masterKeys)

  const encryptBytes: Encrypt = async (key, bytes, binding) => {
    const iv = new Uint8Array(ivBytes)
    random(iv)
    const encrypted = await crypto.subtle.encrypt({ ...algorithm, iv, additionalData: toBytes(binding) }, key, bytes)
    const joined = new Uint8Array(ivBytes + encrypted.byteLength)
    joined.set(iv)
    joined.set(new Uint8Array(encrypted), ivBytes)
    return joined
  }
  const encrypt = async (key: ImportedKey, bytes: Uint8Array<ArrayBuffer>, binding: Binding): Promise<string> =>
    toBase64(await encryptBytes(key, bytes, binding))
  const createDataKey = (): Uint8Array<ArrayBuffer> => {
    const dataKey = new Uint8Array(keyBytes)
    random(dataKey)
    return dataKey
  }
  const wrap = async (dataKey: Uint8Array<ArrayBuffer>, bound: SealContext): Promise<string> =>
    encrypt(await masterKeyOf(version), dataKey, { layer: 'data-key', bound })
  const unwrap = async (sealed: SealedSecret, bound: SealContext): Promise<Uint8Array<ArrayBuffer>> =>
    decrypt(await masterKeyOf(sealed.version), sealed.dataKey, { layer: 'data-key', bound })

  return {
    version,
    knows: (other) => [masterKeys.current, ...masterKeys.previous].some((key) => key.version === other),
    seal: async (secret, bound) => {
      const dataKey = createDataKey()
      const bytes = encode(secret.reveal())
      const text = await encrypt(await importKey(dataKey), bytes, { layer: 'secret', bound })
      return { version, dataKey: await wrap(dataKey, bound), text }
    },
    open: async (sealed, bound) => {
      const dataKey = await importKey(await unwrap(sealed, bound))
      const bytes = await decrypt(dataKey, sealed.text, { layer: 'secret', bound })
      return new Secret(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    },
    rewrap: async (sealed, bound) => {
      if (sealed.version === version) return sealed
      return { ...sealed, version, dataKey: await wrap(await unwrap(sealed, bound), bound) }
    },
    sealBytes: async (bytes, bound) => {
      const dataKey = createDataKey()
      const sealed = await encryptBytes(await importKey(dataKey), bytes, { layer: 'bytes', bound })
      const wrapped = await encrypt(await masterKeyOf(version), dataKey, { layer: 'bytes-key', bound })
      return { version, dataKey: wrapped, bytes: sealed }
    },
    openBytes: async (sealed, bound) => {
      const dataKey = await decrypt(await masterKeyOf(sealed.version), sealed.dataKey, { layer: 'bytes-key', bound })
      return decryptBytes(await importKey(dataKey), sealed.bytes, { layer: 'bytes', bound })
    },
  }
}

/** `CryptoKey`, whose name not every runtime declares as a type. */
type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const algorithm = { name: 'AES-GCM' } as const
const ivBytes = 12
const keyBytes = 32

type Encrypt = (key: ImportedKey, bytes: Uint8Array<ArrayBuffer>, binding: Binding) => Promise<Uint8Array<ArrayBuffer>>

/** What a ciphertext belongs to; no layer can stand in for another. */
type Binding =
  | { layer: 'data-key' | 'secret'; bound: SealContext }
  | { layer: 'bytes-key' | 'bytes'; bound: BytesContext }

/** An array in JSON: no two bindings give the same bytes. */
function toBytes({ layer, bound }: Binding): Uint8Array<ArrayBuffer> {
  const record = 'providerId' in bound ? [bound.providerId, bound.recordId] : [bound.recordId]
  return encode(JSON.stringify(['gw', 1, layer, bound.orgId, ...record]))
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text))
}

function decrypt(key: ImportedKey, text: string, binding: Binding): Promise<Uint8Array<ArrayBuffer>> {
  return decryptBytes(key, fromBase64(text) ?? new Uint8Array(0), binding)
}

async function decryptBytes(
  key: ImportedKey,
  bytes: Uint8Array<ArrayBuffer>,
  binding: Binding,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = bytes.slice(0, ivBytes)
  try {
    const parameters = { ...algorithm, iv, additionalData: toBytes(binding) }
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, bytes.subarray(ivBytes)))
  } catch (cause) {
    throw new VaultError(
      'tampered',
      'The stored secret does not open: it was changed, or it belongs to another record. Enter the key anew.',
      { cause },
    )
  }
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<ImportedKey> {
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['encrypt', 'decrypt'])
}

/** Each master key as WebCrypto takes it, imported at its first use. */
function importOnce({ current, previous }: MasterKeys): (version: string) => Promise<ImportedKey> {
  const imported = new Map<string, ImportedKey>()
  return async (version) => {
    const known = imported.get(version)
    if (known) return known
    const masterKey = [current, ...previous].find((key) => key.version === version)
    if (!masterKey) {
      throw new VaultError(
        'unknown_version',
        `The stored secret needs the master key of version ${version}. Put that key into GW_MASTER_KEY_PREVIOUS.`,
      )
    }
    const key = await importKey(masterKey.bytes())
    imported.set(version, key)
    return key
  }
}
