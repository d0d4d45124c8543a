import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { tokenClasses, type FilterValue, type LogFilter, type LogFilterKey } from '../logs/log-filter.ts'
import { wordsOf } from '../logs/matches-filter.ts'

type Condition = RawBuilder<SqlBool>

/** A filter on `request_logs`; `matchesFilter` says the same of a row in memory. */
export function conditionOf({ key, operator, value }: LogFilter): Condition {
  const column = columnOf(key)
  if (operator === 'eq') return isAnyOf(column, value)
  if (operator === 'neq') return sql<SqlBool>`NOT ${isAnyOf(column, value)}`
  if (operator === 'contains')
    return sql<SqlBool>`(${sql.join(
      value.map((one) => contains(column, String(one))),
      sql` OR `,
    )})`
  const [limit = null] = value
  const isNumber = typeof limit === 'number'
  const type = isNumber ? sql`typeof(${column}) IN ('integer', 'real')` : sql`typeof(${column}) = 'text'`
  const compared = operator === 'lt' ? sql`${column} < ${toParameter(limit)}` : sql`${column} > ${toParameter(limit)}`
  return sql<SqlBool>`(${type} AND ${compared})`
}

/** Every word of a search is somewhere in what a row says of itself. */
export function searchConditions(search: string): Condition[] {
  const text = sql`id || char(10) || event_id || char(10) || coalesce(model, '') || char(10) || coalesce(requested_model, '')
    || char(10) || coalesce(provider, '') || char(10) || path || char(10) || coalesce(error_type, '') || char(10) || metadata`
  return wordsOf(search).map((word) => contains(text, word))
}

/** Two values that are not there are equal, and comparing with one is never unknown. */
function isAnyOf(column: RawBuilder<unknown>, values: readonly FilterValue[]): Condition {
  return sql<SqlBool>`(${sql.join(
    values.map((value) => sql`${column} IS ${toParameter(value)}`),
    sql` OR `,
  )})`
}

function contains(column: RawBuilder<unknown>, part: string): Condition {
  return sql<SqlBool>`coalesce(instr(lower(${column}), lower(${part})) > 0, 0)`
}

function toParameter(value: FilterValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value
}

function columnOf(key: LogFilterKey): RawBuilder<unknown> {
  if (key.startsWith('metadata.')) {
    return sql`json_extract(metadata, ${`$.${JSON.stringify(key.slice('metadata.'.length))}`})`
  }
  if (key === 'status') return sql`iif(success, 'ok', 'error')`
  if (key === 'cost') return sql`(cost_nano_usd / 1e9)`
  if (key === 'input_tokens') return tokens(tokenClasses.input)
  if (key === 'output_tokens') return tokens(tokenClasses.output)
  return sql.ref(key)
}

function tokens(classes: readonly string[]): RawBuilder<unknown> {
  const parts = classes.map((name) => sql`coalesce(usage ->> ${sql.lit(`$.${name}`)}, 0)`)
  return sql`(${sql.join(parts, sql` + `)})`
}
