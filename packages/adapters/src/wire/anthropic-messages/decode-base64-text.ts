/** The UTF-8 text in base64; `undefined` when it is no base64. */
export function decodeBase64Text(data: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.codePointAt(0) ?? 0))
  } catch {
    return undefined
  }
}
