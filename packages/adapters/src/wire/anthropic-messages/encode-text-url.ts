/** Plain text as a `data:` URL. */
export function encodeTextUrl(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join('')
  return `data:text/plain;base64,${btoa(binary)}`
}
