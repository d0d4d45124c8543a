/**
 * Whether a pattern names a target `provider/model`. `*` stands for any characters, also none and also `/`. A pattern
 * without `/` is compared with the provider alone, every other with the whole. Letter case does not matter.
 */
export function matchesPattern(pattern: string, id: string): boolean {
  const text = (pattern.includes('/') ? id : providerOf(id)).toLowerCase()
  const wanted = pattern.toLowerCase()
  const star = wanted.indexOf('*')
  if (star === -1) return text === wanted
  return text.startsWith(wanted.slice(0, star)) && hasPieces(text.slice(star), wanted.slice(star + 1).split('*'))
}

function providerOf(id: string): string {
  const slash = id.indexOf('/')
  return slash === -1 ? id : id.slice(0, slash)
}

/** Whether a text has the pieces one after the other, the last one at its end. */
function hasPieces(text: string, pieces: readonly string[]): boolean {
  const last = pieces.at(-1) ?? ''
  let at = 0
  for (const piece of pieces.slice(0, -1)) {
    const found = text.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
