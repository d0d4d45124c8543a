import { filterKeys, findKeyByWord } from './filter-keys.ts'
import { quote } from './split-words.ts'

/** What a word could become. */
export interface Suggestion {
  /** The whole word; it ends in a colon where a value must follow. */
  word: string
  note: string
}

/** A value that rows have, and how many do. */
export interface FacetValue {
  value: string | null
  requests: number
}

/** Keys that begin as the word does; after a colon, its values. */
export function suggestFilters(word: string, facet: readonly FacetValue[]): Suggestion[] {
  const [, minus = '', name = '', colon, typed = ''] = /^(-?)([^:]*)(:?)(.*)$/.exec(word) ?? []
  if (!colon) {
    return filterKeys
      .filter((key) => key.word.startsWith(name.toLowerCase()))
      .map((key) => ({ word: `${minus}${key.word}:`, note: key.label }))
  }
  const key = findKeyByWord(name)
  if (!key) return []
  const counted = new Map(facet.map(({ value, requests }) => [value, requests]))
  const values = [...new Set([...facet.map(({ value }) => value), ...(key.values ?? [])])]
  return values
    .map((value) => ({ text: value === null ? 'none' : quote(value), count: counted.get(value) }))
    .filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()) && text !== typed)
    .slice(0, 12)
    .map(({ text, count }) => ({
      word: `${minus}${name}:${text}`,
      note: count === undefined ? '' : `${count.toLocaleString('en-US')} requests`,
    }))
}
