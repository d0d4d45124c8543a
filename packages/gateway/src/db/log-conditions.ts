import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { tokenClasses, type FilterValue, type LogFilter, type LogFilterKey } from '../logs/log-filter.ts'
import { wordsOf } from '../logs/matches-filter.ts'

type Condition = RawBuilder<SqlBool>

/**
 * A filter on `request_logs`; `matchesFilter` says the same of a row in memory. Any number of values is one parameter: a
 * statement has at most a hundred, and expressions are not deeper.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
export function conditionOf({ key, operator, value }: LogFilter): Condition {
  const column = columnOf(key)
  if (operator === 'eq') return isAnyOf(column, value)
  if (operator === 'neq') return sql<SqlBool>`NOT ${isAnyOf(column, value)}`
  if (operator === 'contains') return sql<SqlBool>`EXISTS (${eachOf(value.map(String))} WHERE ${contains(column)})`
  const [limit = null] = value
  if (limit === null || typeof limit === 'boolean') return sql<SqlBool>`false`
  const type = typeof limit === 'number' ? sql`('integer', 'real')` : sql`('text')`
  const compared = operator === 'lt' ? sql`${column} < ${limit}` : sql`${column} > ${limit}`
  return sql<SqlBool>`(typeof(${column}) IN ${type} AND ${compared})`
}

/** Every word of a search is somewhere in what a row says of itself. */
export function searchConditions(search: string): Condition[] {
  const words = wordsOf(search)
  if (words.length === 0) return []
  const text = sql`(request_logs.id || char(10) || event_id || char(10) || coalesce(model, '') || char(10) || coalesce(requested_model, '')
    || char(10) || coalesce(provider, '') || char(10) || request_logs.path || char(10) || coalesce(error_type, '') || char(10) || metadata)`
  return [sql<SqlBool>`NOT EXISTS (${eachOf(words)} WHERE NOT ${contains(text)})`]
}

/** Two values that are not there are equal, and comparing with one is never unknown. */
function isAnyOf(column: RawBuilder<unknown>, values: readonly FilterValue[]): Condition {
  return sql<SqlBool>`EXISTS (${eachOf(values)} WHERE ${column} IS wanted.value)`
}

function eachOf(values: readonly FilterValue[]): RawBuilder<unknown> {
  return sql`SELECT 1 FROM json_each(${JSON.stringify(values)}) AS wanted`
}

function contains(column: RawBuilder<unknown>): Condition {
  return sql<SqlBool>`coalesce(instr(lower(${column}), lower(wanted.value)) > 0, 0)`
}

function columnOf(key: LogFilterKey): RawBuilder<unknown> {
  if (key.startsWith('metadata.')) {
    return sql`json_extract(request_logs.metadata, ${`$.${JSON.stringify(key.slice('metadata.'.length))}`})`
  }
  if (key === 'status') return sql`iif(success, 'ok', 'error')`
  if (key === 'cost') return sql`(cost_nano_usd / 1e9)`
  if (key === 'input_tokens') return tokens(tokenClasses.input)
  if (key === 'output_tokens') return tokens(tokenClasses.output)
  return sql.ref(`request_logs.${key}`)
}

function tokens(classes: readonly string[]): RawBuilder<unknown> {
  const parts = classes.map((name) => sql`coalesce(usage ->> ${sql.lit(`$.${name}`)}, 0)`)
  return sql`(${sql.join(parts, sql` + `)})`
}
