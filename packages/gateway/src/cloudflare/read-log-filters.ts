import { isObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { LogFilter, LogFilterKey } from '../logs/log-filter.ts'

/** Cloudflare's names for what rows hold, and ours. */
const keys: Readonly<Record<string, LogFilterKey>> = {
  id: 'id',
  event_id: 'event_id',
  success: 'status',
  cached: 'cache_status',
  provider: 'provider',
  model: 'model',
  cost: 'cost',
  tokens_in: 'input_tokens',
  tokens_out: 'output_tokens',
  duration: 'duration_ms',
  feedback: 'feedback',
}

/** The flat parameters of before, and the filters that they stand for. */
const flat: Readonly<Record<string, { key: string; operator: LogFilter['operator'] }>> = {
  provider: { key: 'provider', operator: 'eq' },
  model: { key: 'model', operator: 'eq' },
  success: { key: 'success', operator: 'eq' },
  cached: { key: 'cached', operator: 'eq' },
  feedback: { key: 'feedback', operator: 'eq' },
  min_cost: { key: 'cost', operator: 'gt' },
  max_cost: { key: 'cost', operator: 'lt' },
  min_duration: { key: 'duration', operator: 'gt' },
  max_duration: { key: 'duration', operator: 'lt' },
  min_tokens_in: { key: 'tokens_in', operator: 'gt' },
  max_tokens_in: { key: 'tokens_in', operator: 'lt' },
  min_tokens_out: { key: 'tokens_out', operator: 'gt' },
  max_tokens_out: { key: 'tokens_out', operator: 'lt' },
}

const [mostFilters, mostValues] = [20, 100]

const wireFilter = z.object({
  key: z.string(),
  operator: z.enum(['eq', 'neq', 'contains', 'lt', 'gt']),
  value: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]).transform((list) => list.map(toValue)),
})

type WireFilter = z.output<typeof wireFilter>
type Value = LogFilter['value'][number]

/**
 * Filters in any of the ways in which clients send them: as JSON, as repeated `filters.key`, `filters.operator` and
 * `filters.value` in the same order, and as flat parameters. @throws GatewayError `invalid_request`
 */
export function readLogFilters(query: URLSearchParams): LogFilter[] {
  const repeated = query.getAll('filters.key').map((key, index) => ({
    key,
    operator: query.getAll('filters.operator')[index],
    value: query.getAll('filters.value').slice(index, index + 1),
  }))
  const single = Object.entries(flat).flatMap(([name, filter]) =>
    query.getAll(name).map((value) => ({ ...filter, value: [value] })),
  )
  const all = [...readJson(query.get('filters')), ...repeated, ...single]
  if (all.length > mostFilters) throw refusal(`there are at most ${mostFilters}`)
  return pairMetadata(all.map(parseFilter)).map(toOurs)
}

function readJson(text: string | null): unknown[] {
  if (text === null || text === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch (cause) {
    throw new GatewayError('invalid_request', 'filters: is no JSON.', { cause, detail: { param: 'filters' } })
  }
}

function parseFilter(value: unknown): WireFilter {
  const parsed = wireFilter.safeParse(isObject(value) ? value : {})
  if (parsed.success && parsed.data.value.length > mostValues) throw refusal(`a value has at most ${mostValues} texts`)
  if (parsed.success) return parsed.data
  throw refusal(`${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`)
}

/** Texts of a query may mean numbers and switches. */
function toValue(value: unknown): Value {
  if (value === 'true' || value === 'false') return value === 'true'
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** `metadata.key` and `metadata.value` are two filters that mean one. */
function pairMetadata(filters: readonly WireFilter[]): WireFilter[] {
  const name = filters.find(({ key }) => key === 'metadata.key')?.value[0]
  return filters.flatMap((filter) => {
    if (filter.key === 'metadata.value') {
      if (typeof name !== 'string') throw refusal('metadata.value needs metadata.key')
      return { ...filter, key: `metadata.${name}` }
    }
    const isAlone = filter.key === 'metadata.key' && !filters.some(({ key }) => key === 'metadata.value')
    if (isAlone) return { key: `metadata.${String(name)}`, operator: 'neq' as const, value: [null] }
    return filter.key === 'metadata.key' ? [] : filter
  })
}

const numbers: ReadonlySet<LogFilterKey> = new Set(['cost', 'input_tokens', 'output_tokens', 'duration_ms', 'feedback'])

function toOurs({ key, operator, value }: WireFilter): LogFilter {
  if (key.startsWith('metadata.')) return { key: `metadata.${key.slice('metadata.'.length)}`, operator, value }
  if (key === 'created_at') throw refusal('created_at: send start_date and end_date')
  const own = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (own === undefined) throw refusal(`gw cannot filter by "${key.slice(0, 100)}"`)
  if (key === 'success') return { key: own, operator, value: value.map((one) => (isTrue(one) ? 'ok' : 'error')) }
  if (key === 'cached') {
    return { key: own, operator: isTrue(value[0] ?? false) === (operator === 'eq') ? 'eq' : 'neq', value: ['HIT'] }
  }
  return { key: own, operator, value: numbers.has(own) ? value.map((one) => toNumber(key, one)) : value }
}

function toNumber(key: string, value: Value): number {
  const number = Number(value)
  if (Number.isFinite(number)) return number
  throw refusal(`${key} is a number`)
}

function isTrue(value: Value): boolean {
  return value === true || value === 1 || value === '1'
}

function refusal(why: string): GatewayError {
  return new GatewayError('invalid_request', `filters: ${why}.`, { detail: { param: 'filters' } })
}
