import { sql, type Kysely, type RawBuilder } from 'kysely'
import type {
  AnalyticsFilter,
  AnalyticsQuery,
  AnalyticsStore,
  BreakdownOrder,
  ValueCount,
  ValuesQuery,
} from '../analytics/analytics-store.ts'
import { isMetadataKey, type GroupKey } from '../analytics/dimensions.ts'
import { metadataNameOf } from '../analytics/metadata-scope.ts'
import { splitPeriod, type Period } from '../analytics/split-period.ts'
import { noUsage } from '../analytics/usage-sums.ts'
import type { Database } from './database.ts'
import { addedUp, summed, toUsage, usageColumns, type UsageRow } from './usage-columns.ts'

const dayMs = 86_400_000

/**
 * The roll-ups in the database. Every query is one statement: whole days come from the daily roll-up, the hours at the
 * ends of the period from the hourly one.
 */
export function createDbAnalyticsStore(db: Kysely<Database>): AnalyticsStore {
  return {
    totals: async (query) => {
      const { rows } = await sql<UsageRow>`${usageOf(query)}`.execute(db)
      return rows[0] ? toUsage(rows[0]) : noUsage
    },
    series: async ({ bucket, groupBy, groups, ...query }) => {
      const usage = usageOf({ ...query, bucket, groupBy, groups })
      const { rows } = await sql<Row>`${usage} ORDER BY at, value`.execute(db)
      return rows.map((row) => ({ at: row.at, group: row.value, usage: toUsage(row) }))
    },
    breakdown: async ({ groupBy, orderBy, limit, ...query }) => {
      const usage = usageOf({ ...query, groupBy })
      const order = sql`ORDER BY ${sql.raw(orders[orderBy])} DESC, sum(requests) DESC, value LIMIT ${sql.lit(limit)}`
      const { rows } = await sql<Row>`${usage} ${order}`.execute(db)
      return rows.map((row) => ({ value: row.value ?? '', usage: toUsage(row) }))
    },
    values: async (query) => {
      const counts = query.key === 'metadata' ? metadataNames(query) : valueCounts(query, query.key)
      const order = sql`ORDER BY amount DESC, requests DESC, value LIMIT ${sql.lit(query.limit)}`
      const { rows } = await sql<ValueCount & { amount: number }>`${counts} ${order}`.execute(db)
      return rows.map(({ value, requests }) => ({ value, requests }))
    },
  }
}

type Row = UsageRow & { at: number; value: string | null }

const orders: Readonly<Record<BreakdownOrder, string>> = {
  cost: 'sum(cost_nano_usd)',
  requests: 'sum(requests)',
  errors: 'sum(errors)',
  tokens: 'sum(input_tokens + output_tokens)',
  saved: 'sum(saved_nano_usd)',
}

interface UsageQuery extends AnalyticsQuery {
  bucket?: 'hour' | 'day' | undefined
  groupBy?: GroupKey | undefined
  groups?: readonly string[] | undefined
}

type Level = 'hourly' | 'daily'

/** A part of the period at one level, and what it is asked for. */
interface Part extends UsageQuery {
  level: Level
  /** The metadata entry that the query is about. */
  name: string | undefined
}

/** Each part is added up by itself, so that only few rows are left to put together. */
function usageOf(query: UsageQuery): RawBuilder<unknown> {
  const name = metadataNameOf(query.filters, query.groupBy)
  const parts = partsOf(query, query.bucket === 'hour').map((part) => usageOfPart({ ...query, ...part, name }))
  const all = sql`${addedUp(name === undefined)} FROM (${sql.join(parts, sql` UNION ALL `)})`
  const isWhole = query.bucket === undefined && query.groupBy === undefined
  return isWhole ? sql`SELECT ${all}` : sql`SELECT at, value, ${all} GROUP BY at, value`
}

function partsOf(period: Period, onlyHours = false): (Period & { level: Level })[] {
  const { days, hours } = onlyHours ? { days: undefined, hours: [period] } : splitPeriod(period)
  return [
    ...(days ? [{ ...days, level: 'daily' as const }] : []),
    ...hours.map((hour) => ({ ...hour, level: 'hourly' as const })),
  ]
}

function usageOfPart(part: Part): RawBuilder<unknown> {
  const columns = usageColumns(part.name === undefined)
  const at = part.bucket === undefined ? sql`0` : timeOf(part)
  const value = valueOf(part)
  const keys = groupsInOrder(part) ?? [
    ...(part.bucket === undefined ? [] : ['1']),
    ...(part.groupBy === undefined ? [] : ['2']),
  ]
  const grouped = keys.length === 0 ? '' : `GROUP BY ${keys.join(', ')}`
  return sql`SELECT ${at} AS at, ${value} AS value, ${summed(columns)} ${rowsOf(part)} ${sql.raw(grouped)}`
}

/**
 * Finer groups than are asked for, where rows come in their order: adding up a few more of them costs less than sorting all
 * rows.
 */
function groupsInOrder({ level, name, groupBy }: Part): readonly string[] | undefined {
  if (level !== 'daily' || name !== undefined) return undefined
  if (groupBy === 'provider') return ['day', 'provider']
  return groupBy === 'model' ? ['day', 'provider', 'model'] : undefined
}

/** Rows of hours become points of days. */
function timeOf({ level, bucket }: Part): RawBuilder<unknown> {
  if (level === 'daily') return sql`day`
  return bucket === 'day' ? sql`hour - hour % ${sql.lit(dayMs)}` : sql`hour`
}

function valueOf({ groupBy, groups }: Pick<Part, 'groupBy' | 'groups'>): RawBuilder<unknown> {
  if (groupBy === undefined) return sql`NULL`
  const column = columnOf(groupBy)
  return groups === undefined ? column : sql`iif(${column} IN ${listed(groups)}, ${column}, NULL)`
}

type RowsQuery = Pick<Part, 'orgId' | 'from' | 'to' | 'level' | 'name' | 'filters'>

/** The one way to read the roll-ups: never without the organisation. */
function rowsOf({ orgId, from, to, level, name, filters }: RowsQuery): RawBuilder<unknown> {
  const unit = sql.ref(level === 'daily' ? 'day' : 'hour')
  const table = sql.table(name === undefined ? `usage_${level}` : `usage_metadata_${level}`)
  const conditions = [
    sql`org_id = ${orgId}`,
    ...(name === undefined ? [] : [sql`key = ${name}`]),
    sql`${unit} >= ${sql.lit(from)} AND ${unit} < ${sql.lit(to)}`,
    ...filters.map(conditionOf),
  ]
  return sql`FROM ${table} WHERE ${sql.join(conditions, sql` AND `)}`
}

function conditionOf({ key, operator, values }: AnalyticsFilter): RawBuilder<unknown> {
  const column = columnOf(key)
  if (operator === 'eq') return sql`${column} IN ${listed(values)}`
  if (operator === 'neq') return sql`${column} NOT IN ${listed(values)}`
  const within = values.map((value) => sql`instr(lower(${column}), lower(${value})) > 0`)
  return sql`(${sql.join(within, sql` OR `)})`
}

const columnOf = (key: GroupKey): RawBuilder<unknown> => sql.ref(isMetadataKey(key) ? 'value' : key)

/** Any number of values is one parameter. */
const listed = (values: readonly string[]): RawBuilder<unknown> =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

function valueCounts({ orgId, filters, orderBy, ...period }: ValuesQuery, key: GroupKey): RawBuilder<unknown> {
  const name = metadataNameOf(filters, key)
  const counts = partsOf(period).map((part) => {
    const sums = sql`sum(requests) AS requests, ${sql.raw(orders[orderBy])} AS amount`
    return sql`SELECT ${columnOf(key)} AS value, ${sums} ${rowsOf({ orgId, ...part, name, filters })} GROUP BY 1`
  })
  const sums = sql`sum(requests) AS requests, sum(amount) AS amount`
  return sql`SELECT value, ${sums} FROM (${sql.join(counts, sql` UNION ALL `)}) GROUP BY value`
}

/** Goes from name to name in the index, and not over every row. */
function metadataNames({ orgId, from, to }: ValuesQuery): RawBuilder<unknown> {
  const next = sql`SELECT min(key) FROM usage_metadata_daily WHERE org_id = ${orgId} AND key >`
  const days = sql`day >= ${sql.lit(Math.floor(from / dayMs) * dayMs)} AND day < ${sql.lit(to)}`
  const requests = sql`SELECT sum(requests) FROM usage_metadata_daily WHERE org_id = ${orgId} AND key = names.value AND ${days}`
  return sql`WITH RECURSIVE names(value) AS (
    ${next} '' UNION ALL SELECT (${next} names.value) FROM names WHERE value IS NOT NULL
  ) SELECT value, requests, requests AS amount FROM (
    SELECT value, (${requests}) AS requests FROM names WHERE value IS NOT NULL
  ) WHERE requests > 0`
}
