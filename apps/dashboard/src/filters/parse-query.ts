import { findKeyByWord, type FilterKey, type FilterKind } from './filter-keys.ts'
import type { Filter, Query } from './filter.ts'
import { splitValues, splitWords, unquote } from './split-words.ts'

type Value = string | number | boolean | null

/** What each kind of value is in the API; `undefined` where the text is none. */
const readers: Readonly<Record<FilterKind, (text: string) => Value | undefined>> = {
  text: (text) => (text === 'none' ? null : unquote(text)),
  number: toNumber,
  usd: (text) => toNumber(text.replace(/^\$/, '')),
  ms: toMilliseconds,
  flag: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  thumb: (text) => (text === 'up' ? 1 : text === 'down' ? -1 : undefined),
}

const operators = { '<': 'lt', '>': 'gt', '~': 'contains' } as const

/**
 * Reads a search as people write it. What is no condition is a free word, so that nothing is ever lost.
 * @example parseQuery('provider:openai cost:>0.01 -user:ann slow answers')
 */
export function parseQuery(text: string): Query {
  const filters: Filter[] = []
  const words: string[] = []
  for (const word of splitWords(text)) {
    const filter = parseCondition(word)
    if (filter) filters.push(filter)
    else words.push(unquote(word))
  }
  return { filters, words: words.join(' ') }
}

function parseCondition(word: string): Filter | undefined {
  const [, minus, name = '', sign = '', rest = ''] = /^(-?)([a-z_][\w.-]*):([<>~]?)(.+)$/i.exec(word) ?? []
  const known = findKeyByWord(name)
  if (!known) return undefined
  const operator = operatorOf(sign, known)
  const value = splitValues(rest).map(readers[known.kind])
  if (operator === undefined || value.length === 0 || !value.every((one) => one !== undefined)) return undefined
  if (minus && operator !== 'eq') return undefined
  if ((operator === 'lt' || operator === 'gt') && value.length > 1) return undefined
  return { key: known.key, operator: minus ? 'neq' : operator, value }
}

function operatorOf(sign: string, { kind }: FilterKey): Filter['operator'] | undefined {
  if (sign === '') return 'eq'
  const isText = kind === 'text'
  if (sign === '~') return isText ? operators[sign] : undefined
  const isOrdered = kind === 'number' || kind === 'usd' || kind === 'ms'
  return isOrdered && (sign === '<' || sign === '>') ? operators[sign] : undefined
}

function toNumber(text: string): number | undefined {
  return /^\d+(?:\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : undefined
}

function toMilliseconds(text: string): number | undefined {
  const [, amount = '', unit = 'ms'] = /^([\d.]+)(ms|s|m)?$/.exec(text) ?? []
  const number = toNumber(amount)
  return number === undefined ? undefined : number * (unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1)
}
