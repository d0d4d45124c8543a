import type { LogFilter, LogFilterKey } from './log-filter.ts'
import { tokenClasses } from './log-filter.ts'
import type { LogRecord } from './log-record.ts'

type Found = string | number | null

/** Whether a row fulfils a filter; what the database does too. */
export function matchesFilter(record: LogRecord, { key, operator, value }: LogFilter): boolean {
  const found = valueOf(record, key)
  const wanted = new Set(value.map(toFound))
  if (operator === 'eq') return wanted.has(found)
  if (operator === 'neq') return !wanted.has(found)
  if (found === null) return false
  if (operator === 'contains') return value.some((one) => includesText(String(found), String(one)))
  const [limit = null] = value
  if (typeof limit !== typeof found || limit === null) return false
  return operator === 'lt' ? found < limit : found > limit
}

/** Whether all words are somewhere in what a row says of itself. */
export function matchesSearch(record: LogRecord, search: string): boolean {
  const { id, event_id, model, requested_model, provider, path, error_type, metadata } = record
  const text = [id, event_id, model, requested_model, provider, path, error_type, JSON.stringify(metadata)].join('\n')
  return wordsOf(search).every((word) => includesText(text, word))
}

/** The words of a search. */
export function wordsOf(search: string): string[] {
  return search.split(/\s+/).filter((word) => word !== '')
}

function includesText(text: string, part: string): boolean {
  return fold(text).includes(fold(part))
}

/** As SQLite's `lower` has it: the case of ASCII letters does not count. */
function fold(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function toFound(value: LogFilter['value'][number]): Found {
  return typeof value === 'boolean' ? Number(value) : value
}

function valueOf(record: LogRecord, key: LogFilterKey): Found {
  if (key.startsWith('metadata.')) return metadataOf(record, key.slice('metadata.'.length))
  if (key === 'status') return record.success ? 'ok' : 'error'
  if (key === 'cost') return record.cost_nano_usd === null ? null : record.cost_nano_usd / 1e9
  if (key === 'input_tokens') return sum(record, tokenClasses.input)
  if (key === 'output_tokens') return sum(record, tokenClasses.output)
  const field: unknown = Object.entries(record).find(([name]) => name === key)?.[1]
  if (typeof field === 'boolean') return Number(field)
  return typeof field === 'string' || typeof field === 'number' ? field : null
}

function metadataOf({ metadata }: LogRecord, name: string): Found {
  return Object.hasOwn(metadata, name) ? toFound(metadata[name] ?? null) : null
}

function sum({ usage }: LogRecord, classes: readonly (keyof LogRecord['usage'])[]): number {
  return classes.reduce((total, name) => total + (usage[name] ?? 0), 0)
}
