import { sql, type Kysely, type SelectQueryBuilder } from 'kysely'
import * as z from 'zod'
import { idBoundOf } from '../analytics/id-bound-of.ts'
import type { AttemptRecord, LogRecord } from '../logs/log-record.ts'
import {
  mostScanned,
  type LogCount,
  type LogPage,
  type LogQuery,
  type LogStore,
  type NewCost,
  type PricedQuery,
  type PricedRow,
} from '../logs/log-store.ts'
import { conditionOf, searchConditions } from './log-conditions.ts'
import type { Database, RequestAttemptRow, RequestLogRow } from './database.ts'

/**
 * Log rows in the database. A batch is one statement with one parameter (`json_each`), so that its size costs neither
 * parameters nor statements.
 */
export function createDbLogStore(db: Kysely<Database>): LogStore {
  return {
    insert: async (records) => {
      if (records.length === 0) return
      await insertRows(db, 'request_logs', records.map(toRow))
      const attempts = records.flatMap((record) => record.attempts.map((attempt) => toAttemptRow(record.id, attempt)))
      if (attempts.length > 0) await insertRows(db, 'request_attempts', attempts)
    },
    list: (query) => listRows(db, query),
    histogram: (query) => countRows(db, query),
    find: async (orgId, id) => {
      const row = await logsOf(db, orgId).where('id', '=', id).executeTakeFirst()
      return row && toRecord(row, await findAttempts(db, [id]))
    },
    patch: async (orgId, id, { metadata, ...change }) => {
      const columns = { ...change, ...(metadata && { metadata: JSON.stringify(metadata) }) }
      if (Object.keys(columns).length === 0) return
      await db.updateTable('request_logs').set(columns).where('org_id', '=', orgId).where('id', '=', id).execute()
    },
    remove: async (orgId, ids) => {
      const listed = sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
      const own = logsOf(db, orgId).where('id', 'in', listed).clearSelect().select('id')
      await db.deleteFrom('request_attempts').where('request_id', 'in', own).execute()
      const { numDeletedRows } = await db
        .deleteFrom('request_logs')
        .where('org_id', '=', orgId)
        .where('id', 'in', listed)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
    listPriced: async (query) => {
      const rows = await selectPriced(db, query).execute()
      const data = rows.slice(0, query.limit).map(toPricedRow)
      return { data, next_cursor: rows.length > query.limit ? (data.at(-1)?.id ?? null) : null }
    },
    reprice: (orgId, costs, at) => writeCosts(db, { orgId, costs, at }),
  }
}

/** The one way to read log rows: never without the organisation. */
function logsOf(db: Kysely<Database>, orgId: string) {
  return db.selectFrom('request_logs').selectAll().where('org_id', '=', orgId)
}

type Asked = Omit<LogQuery, 'limit'>

/** Rows newest first. Where they are filtered, a bounded number is looked through, and the cursor says how far. */
async function listRows(db: Kysely<Database>, { limit, ...query }: LogQuery): Promise<LogPage> {
  const { orgId, filters = [], search = '', gatewayId } = query
  const isFiltered = filters.length > 0 || search !== '' || gatewayId !== undefined
  const last = isFiltered ? await findLastScanned(db, query) : undefined
  const found = await matching(logsOf(db, orgId), query, last)
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  const attempts = await findAttempts(
    db,
    page.map(({ id }) => id),
  )
  const data = page.map((row) => toRecord(row, attempts))
  return { data, next_cursor: found.length > limit ? (data.at(-1)?.id ?? null) : (last ?? null) }
}

async function countRows(
  db: Kysely<Database>,
  { bucketMs, ...query }: Asked & { bucketMs: number },
): Promise<LogCount[]> {
  const last = await findLastScanned(db, query)
  const at = sql<number>`created_at - created_at % ${sql.lit(bucketMs)}`
  return matching(db.selectFrom('request_logs').where('org_id', '=', query.orgId), query, last)
    .select(({ fn }) => [at.as('at'), fn.sum<number>('success').as('ok'), sql<number>`sum(NOT success)`.as('error')])
    .groupBy(at)
    .orderBy('at')
    .execute()
}

/** Rows of a period that fulfil everything, from the last that is to be looked at on. */
function matching<O>(rows: Rows<O>, query: Asked, last: string | undefined): Rows<O> {
  const { filters = [], search = '', gatewayId } = query
  let found = inPeriod(rows, query)
  if (last !== undefined) found = found.where('id', '>=', last)
  if (gatewayId !== undefined) found = found.where('gateway_id', '=', gatewayId)
  for (const condition of [...filters.map(conditionOf), ...searchConditions(search)]) found = found.where(condition)
  return found
}

/** The last of the rows that one query looks through; `undefined` where there are not so many. The index alone has it. */
async function findLastScanned(db: Kysely<Database>, query: Asked): Promise<string | undefined> {
  const ids = db.selectFrom('request_logs').select('id').where('org_id', '=', query.orgId)
  const row = await inTime(ids, query)
    .orderBy('id', 'desc')
    .offset(mostScanned - 1)
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

type Rows<O> = SelectQueryBuilder<Database, 'request_logs', O>

/** By ids, which begin with their time; the row was begun in the same millisecond or a little later. */
function inTime<O>(rows: Rows<O>, { cursor, from, to }: Asked): Rows<O> {
  let found = rows
  if (cursor !== undefined) found = found.where('id', '<', cursor)
  if (from !== undefined) found = found.where('id', '>=', idBoundOf(from - 1000))
  if (to !== undefined) found = found.where('id', '<', idBoundOf(to))
  return found
}

function inPeriod<O>(rows: Rows<O>, query: Asked): Rows<O> {
  const { from, to } = query
  let found = inTime(rows, query)
  if (from !== undefined) found = found.where('created_at', '>=', from)
  if (to !== undefined) found = found.where('created_at', '<', to)
  return found
}

function selectPriced(db: Kysely<Database>, { orgId, from, to, limit, cursor = '' }: PricedQuery) {
  return db
    .selectFrom('request_logs')
    .select([
      'id',
      'created_at',
      'provider',
      'model',
      'usage',
      'usage_source',
      'cost_nano_usd',
      'bill',
      'price_version',
    ])
    .where('org_id', '=', orgId)
    .where('id', '>', cursor)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .where('provider', 'is not', null)
    .where('model', 'is not', null)
    .where('usage_source', 'not in', ['free_failed', 'cached'])
    .orderBy('id')
    .limit(limit + 1)
}

interface Repricing {
  orgId: string
  costs: readonly NewCost[]
  at: number
}

/**
 * Each statement takes all rows in one parameter. The last attempt is the one that answered; attempts come first, so that
 * a crash between the two leaves rows that are still to do.
 */
async function writeCosts(db: Kysely<Database>, { orgId, costs, at }: Repricing): Promise<void> {
  if (costs.length === 0) return
  const rows = JSON.stringify(costs.map((cost) => ({ ...cost, bill: JSON.stringify(cost.bill) })))
  await sql`UPDATE request_attempts SET cost_nano_usd = new.cost FROM (
    SELECT logs.id, value ->> '$.cost_nano_usd' AS cost FROM json_each(${rows})
    JOIN request_logs AS logs ON logs.id = value ->> '$.id' AND logs.org_id = ${orgId}
  ) AS new WHERE request_attempts.request_id = new.id AND request_attempts.attempt = (
    SELECT max(attempt) FROM request_attempts AS others WHERE others.request_id = new.id
  )`.execute(db)
  await sql`UPDATE request_logs SET
    cost_nano_usd = new.cost, bill = new.bill, price_version = new.version, repriced_at = ${at},
    previous_cost_nano_usd = CASE WHEN repriced_at IS NULL THEN cost_nano_usd ELSE previous_cost_nano_usd END
  FROM (
    SELECT value ->> '$.id' AS id, value ->> '$.cost_nano_usd' AS cost, value ->> '$.bill' AS bill,
      value ->> '$.price_version' AS version FROM json_each(${rows})
  ) AS new WHERE request_logs.id = new.id AND request_logs.org_id = ${orgId}`.execute(db)
}

async function findAttempts(db: Kysely<Database>, ids: readonly string[]): Promise<RequestAttemptRow[]> {
  if (ids.length === 0) return []
  const listed = sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  return db.selectFrom('request_attempts').selectAll().where('request_id', 'in', listed).orderBy('attempt').execute()
}

async function insertRows(
  db: Kysely<Database>,
  table: 'request_logs' | 'request_attempts',
  rows: readonly (RequestLogRow | RequestAttemptRow)[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const values = sql.join(columns.map((column) => sql`json_extract(value, ${sql.lit(`$.${column}`)})`))
  await sql`INSERT INTO ${sql.table(table)} (${names}) SELECT ${values} FROM json_each(${JSON.stringify(rows)}) WHERE true ON CONFLICT DO NOTHING`.execute(
    db,
  )
}

function toRow({ attempts: _, trace: __, ...record }: LogRecord): RequestLogRow {
  return {
    ...record,
    stream: Number(record.stream),
    success: Number(record.success),
    unchecked: Number(record.unchecked),
    usage: JSON.stringify(record.usage),
    bill: JSON.stringify(record.bill),
    metadata: JSON.stringify(record.metadata),
    warnings: JSON.stringify(record.warnings),
    routing: record.routing && JSON.stringify(record.routing),
  }
}

function toAttemptRow(requestId: string, attempt: AttemptRecord): RequestAttemptRow {
  return { request_id: requestId, ...attempt, usage: JSON.stringify(attempt.usage) }
}

const recordColumns = z.object({
  error_type: z.custom<LogRecord['error_type']>(),
  ending: z.custom<LogRecord['ending']>(),
  cache_status: z.custom<LogRecord['cache_status']>(),
  usage_source: z.custom<LogRecord['usage_source']>(),
  key_source: z.custom<LogRecord['key_source']>(),
  feedback: z.custom<LogRecord['feedback']>(),
})
const attemptColumns = recordColumns.pick({ error_type: true, key_source: true, usage_source: true })
const jsonColumns = z.object({
  usage: z.custom<LogRecord['usage']>(),
  bill: z.custom<LogRecord['bill']>(),
  metadata: z.custom<LogRecord['metadata']>(),
  warnings: z.custom<LogRecord['warnings']>(),
  routing: z.custom<LogRecord['routing']>(),
})

/** The columns hold what `toRow` wrote, so their words need no second look. */
function toRecord(row: RequestLogRow, attempts: readonly RequestAttemptRow[]): LogRecord {
  const { usage, bill, metadata, warnings, routing } = row
  const json = {
    usage: JSON.parse(usage),
    bill: JSON.parse(bill),
    metadata: JSON.parse(metadata),
    warnings: JSON.parse(warnings),
    routing: routing === null ? null : JSON.parse(routing),
  }
  return {
    ...row,
    ...recordColumns.parse(row),
    ...jsonColumns.parse(json),
    stream: row.stream === 1,
    success: row.success === 1,
    unchecked: row.unchecked === 1,
    attempts: attempts
      .filter(({ request_id }) => request_id === row.id)
      .map(({ request_id: _, ...attempt }) => ({
        ...attempt,
        ...attemptColumns.parse(attempt),
        ...jsonColumns.pick({ usage: true }).parse({ usage: JSON.parse(attempt.usage) }),
      })),
  }
}

type PricedColumns = Pick<RequestLogRow, keyof PricedRow>

function toPricedRow(row: PricedColumns): PricedRow {
  const json = { usage: JSON.parse(row.usage), bill: JSON.parse(row.bill) }
  return {
    ...row,
    ...recordColumns.pick({ usage_source: true }).parse(row),
    ...jsonColumns.pick({ usage: true, bill: true }).parse(json),
  }
}
