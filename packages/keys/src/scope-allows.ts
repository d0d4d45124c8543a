import type { KeyScopes } from './gateway-key.ts'

/** One thing that a request is about to use. */
export interface ScopedUse {
  kind: keyof KeyScopes
  value: string
}

/**
 * Whether a key's scopes allow a model, provider, endpoint or gateway. Case does not count; in a pattern `*` stands for
 * any text and every other character for itself. An absent list allows everything, an empty one nothing.
 */
export function scopeAllows(scopes: KeyScopes, { kind, value }: ScopedUse): boolean {
  const patterns = scopes[kind]
  if (!patterns) return true
  const text = value.toLowerCase()
  return patterns.some((pattern) => matches(pattern.toLowerCase(), text))
}

/** Takes each piece between two stars where it comes first, and never goes back: the time is linear in the text. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false

  let position = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, position)
    if (found < 0) return false
    position = found + piece.length
  }
  return text.length - last.length >= position && text.endsWith(last)
}
