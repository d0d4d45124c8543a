/** How base64 of an image begins, by its kind: Ollama does not name it. */
const beginnings: readonly [RegExp, string][] = [
  [/^iVBORw0KGgo/, 'image/png'],
  [/^\/9j\//, 'image/jpeg'],
  [/^R0lGOD/, 'image/gif'],
  [/^UklGR/, 'image/webp'],
]

/** The media type of an image in base64. Default JPEG. */
export function imageTypeOf(base64: string): string {
  return beginnings.find(([beginning]) => beginning.test(base64))?.[1] ?? 'image/jpeg'
}
