import { fromBase64 } from './base64.ts'
import { masterKeyVersion } from './master-key-version.ts'

/** A key that wraps data keys. Neither printing nor serialising it shows more than its version. */
export interface MasterKey {
  /** First 8 hex digits of the SHA-256 of its bytes. */
  version: string
  /** Its 32 bytes. */
  bytes(): Uint8Array<ArrayBuffer>
}

/** The key that seals, and those that only open what was sealed before. */
export interface MasterKeys {
  current: MasterKey
  previous: readonly MasterKey[]
}

/**
 * Reads `GW_MASTER_KEY` and `GW_MASTER_KEY_PREVIOUS` (several separated by commas). `undefined` when neither is set.
 * @throws Error that names the variable and says what is wrong, never with its value.
 */
export function parseMasterKeys(current: string | undefined, previous?: string): MasterKeys | undefined {
  const older = (previous ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const text = current?.trim() ?? ''
  if (text === '') {
    if (older.length === 0) return undefined
    throw new Error('GW_MASTER_KEY_PREVIOUS is set, but GW_MASTER_KEY is not. Set both, or the current key alone.')
  }
  return {
    current: parseMasterKey('GW_MASTER_KEY', text),
    previous: older.map((one) => parseMasterKey('GW_MASTER_KEY_PREVIOUS', one)),
  }
}

function parseMasterKey(name: string, text: string): MasterKey {
  const bytes = fromBase64(text)
  if (bytes?.length !== 32) {
    const problem = bytes ? `holds ${bytes.length} bytes` : 'is not base64'
    throw new Error(`${name} ${problem}; it must be 32 bytes in base64. Make one with \`openssl rand -base64 32\`.`)
  }
  return { version: masterKeyVersion(bytes), bytes: () => bytes.slice() }
}
