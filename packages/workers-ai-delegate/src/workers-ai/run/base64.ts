/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  // In slices, as a call takes a limited number of arguments.
  for (let start = 0; start < bytes.length; start += 0x2000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x2000))
  }
  return btoa(binary)
}

/** The bytes of base64, or of a data URL that holds base64. Throws when it is neither. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const encoded = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
}
