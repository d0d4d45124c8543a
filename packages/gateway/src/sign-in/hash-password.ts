import { toHex } from './to-hex.ts'

/**
 * Rounds of PBKDF2-HMAC-SHA512, as OWASP asks for. Workers take 100,000 at once, so they are done in parts, each on what
 * the one before gave.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2
 */
const parts = 3
const iterations = 70_000
const scheme = `pbkdf2-sha512-${parts}x${iterations}`

/** A password as it may be stored: scheme, salt and hash. */
export async function hashPassword(
  password: string,
  random: (bytes: Uint8Array<ArrayBuffer>) => void,
): Promise<string> {
  const salt = new Uint8Array(16)
  random(salt)
  return `${scheme}$${toHex(salt)}$${toHex(await derive(password, salt))}`
}

/** Whether a password is the one that was hashed; takes as long for every wrong one. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, salt = '', hash = ''] = stored.split('$')
  const derived = toHex(await derive(password, fromHex(salt)))
  return isEqualText(derived, hash)
}

/** Compares without stopping at the first difference. */
function isEqualText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let index = 0; index < one.length; index += 1) {
    difference |= (one.codePointAt(index) ?? 0) ^ (other.codePointAt(index) ?? 0)
  }
  return difference === 0
}

async function derive(password: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = Uint8Array.from(new TextEncoder().encode(password.normalize('NFKC')))
  for (let part = 0; part < parts; part += 1) {
    const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits'])
    bytes = new Uint8Array(
      await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt, iterations }, key, 256),
    )
  }
  return bytes
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
