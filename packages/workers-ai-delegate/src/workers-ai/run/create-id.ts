const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A random id of 16 letters and digits. */
export function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('')
}
