import type { Tool } from '../ask.ts'

/** True if the text contains the word, in any case. */
export function hasMarker(text: string, word: 'refuse' | 'cite'): boolean {
  return new RegExp(`\\b${word}\\b`, 'i').test(text)
}

/** The number in `words 200`: the exact length that the caller wants. */
export function wordsMarker(text: string): number | undefined {
  const match = /\bwords (\d+)\b/i.exec(text)
  return match ? Number(match[1]) : undefined
}

/** The tools named after the word `call`, in the order named: `call get_weather and get_time`. */
export function markedTools(text: string, tools: readonly Tool[]): Tool[] {
  const match = /\bcall\s+(.*)/is.exec(text)
  if (!match) return []
  const names = (match[1] ?? '').split(/[\s,;]+/).map((word) => word.replace(/^[`'"]+|[.`'"!?]+$/g, ''))
  const named: Tool[] = []
  for (const name of names) {
    const tool = tools.find((candidate) => candidate.name === name)
    if (tool) named.push(tool)
    else if (name !== 'and' && name !== '') break
  }
  return named
}
