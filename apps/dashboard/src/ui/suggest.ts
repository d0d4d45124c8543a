/** What can be chosen, and small print beside it. */
export interface Suggestion {
  value: string
  note?: string
}

/** The best matches of what is typed: all its words occur; those that begin with it come first. */
export function suggest(all: readonly Suggestion[], typed: string, limit = 50): Suggestion[] {
  const text = typed.trim().toLowerCase()
  const words = text.split(/\s+/)
  const found = all.filter(({ value }) => words.every((word) => value.toLowerCase().includes(word)))
  const starts = found.filter(({ value }) => value.toLowerCase().startsWith(text))
  const others = found.filter(({ value }) => !value.toLowerCase().startsWith(text))
  return [...starts, ...others].slice(0, limit)
}
