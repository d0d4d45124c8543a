/** First bytes of the image formats that models read, as Latin-1 text; dots stand for any byte. */
const signatures: readonly [RegExp, string][] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  [/^[^]{4}ftypavi[fs]/, 'image/avif'],
  [/^BM/, 'image/bmp'],
]

/** The media type of image bytes, told by their first bytes; `undefined` for formats that are not known. */
export function detectImageType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12))
  return signatures.find(([signature]) => signature.test(head))?.[1]
}
