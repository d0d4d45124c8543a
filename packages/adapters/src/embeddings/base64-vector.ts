/** A vector as OpenAI writes it with `encoding_format: "base64"`: little-endian 32-bit floats. */
export function encodeVector(vector: readonly number[]): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4))
  for (const [index, value] of vector.entries()) bytes.setFloat32(index * 4, value, true)
  return btoa(Array.from(new Uint8Array(bytes.buffer), (byte) => String.fromCodePoint(byte)).join(''))
}

/** Reads what `encodeVector` wrote; `undefined` when it is no such text. */
export function decodeVector(text: string): number[] | undefined {
  const bytes = bytesOf(text)
  if (!bytes || bytes.length % 4 !== 0) return undefined
  const view = new DataView(bytes.buffer)
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true))
}

/** A vector of 8-bit integers in base64 (Perplexity). */
export function decodeInt8Vector(text: string): number[] | undefined {
  const bytes = bytesOf(text)
  return bytes && [...new Int8Array(bytes.buffer)]
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0)
  } catch {
    return undefined
  }
}
