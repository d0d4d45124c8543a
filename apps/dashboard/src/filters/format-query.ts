import { findKey, findKeyByWord, type FilterKind } from './filter-keys.ts'
import type { Filter, Query } from './filter.ts'
import { quote, splitWords } from './split-words.ts'

type Value = Filter['value'][number]

const writers: Readonly<Record<FilterKind, (value: Value) => string>> = {
  text: (value) => (value === null ? 'none' : value === 'none' ? '"none"' : quote(String(value))),
  number: String,
  usd: String,
  ms: (value) => (Number(value) >= 1000 && Number(value) % 100 === 0 ? `${Number(value) / 1000}s` : `${value}ms`),
  flag: String,
  thumb: (value) => (value === 1 ? 'up' : 'down'),
}

const signs = { eq: '', neq: '', contains: '~', lt: '<', gt: '>' } as const

/** One condition as people write it. */
export function formatFilter({ key, operator, value }: Filter): string {
  const { word, kind } = findKey(key)
  return `${operator === 'neq' ? '-' : ''}${word}:${signs[operator]}${value.map(writers[kind]).join(',')}`
}

/** Writes a search so that `parseQuery` reads the same. */
export function formatQuery({ filters, words }: Query): string {
  const free = splitWords(words).map(freeWord)
  return [...filters.map(formatFilter), ...free].join(' ')
}

/** A free word that looks like a condition keeps its quotes. */
function freeWord(word: string): string {
  const [, name] = /^-?([a-z_][\w.-]*):/i.exec(word) ?? []
  return name !== undefined && findKeyByWord(name) ? `"${word}"` : word
}
