/** Dimensions of a vector when nobody says how many. */
const usualDimensions = 8

/** How often each character code, modulo the number of dimensions, is in a text. */
export function embedText(text: string, dimensions: number = usualDimensions): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const character of text) {
    const at = (character.codePointAt(0) ?? 0) % dimensions
    vector[at] = (vector[at] ?? 0) + 1
  }
  return vector
}
