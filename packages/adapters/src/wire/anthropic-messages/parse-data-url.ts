interface DataUrl {
  mediaType: string
  /** Base64. */
  data: string
}

/** The parts of a `data:` URL, its payload as base64; `undefined` for any other URL. */
export function parseDataUrl(url: string): DataUrl | undefined {
  if (!url.startsWith('data:')) return undefined
  const comma = url.indexOf(',')
  if (comma < 0) return undefined
  const [mediaType, ...options] = url.slice('data:'.length, comma).split(';')
  const payload = url.slice(comma + 1)
  const isBase64 = options.some((option) => option.trim().toLowerCase() === 'base64')
  return {
    mediaType: mediaType?.trim().toLowerCase() || 'text/plain',
    data: isBase64 ? payload : encodeText(payload),
  }
}

function encodeText(percentEncoded: string): string {
  const bytes = new TextEncoder().encode(decodeURIComponent(percentEncoded))
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
}
