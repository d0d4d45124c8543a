import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { AttemptRecord, LogRecord } from '../logs/log-record.ts'
import type { LogStore } from '../logs/log-store.ts'
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
    list: async ({ orgId, limit, cursor, gatewayId }) => {
      let query = logsOf(db, orgId)
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query = query.where('id', '<', cursor)
      if (gatewayId !== undefined) query = query.where('gateway_id', '=', gatewayId)
      const rows = await query.execute()
      const page = rows.slice(0, limit)
      const attempts = await findAttempts(
        db,
        page.map(({ id }) => id),
      )
      const data = page.map((row) => toRecord(row, attempts))
      return { data, next_cursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
    },
    find: async (orgId, id) => {
      const row = await logsOf(db, orgId).where('id', '=', id).executeTakeFirst()
      return row && toRecord(row, await findAttempts(db, [id]))
    },
    patch: async (orgId, id, { metadata, ...change }) => {
      const columns = { ...change, ...(metadata && { metadata: JSON.stringify(metadata) }) }
      if (Object.keys(columns).length === 0) return
      await db.updateTable('request_logs').set(columns).where('org_id', '=', orgId).where('id', '=', id).execute()
    },
  }
}

/** The one way to read log rows: never without the organisation. */
function logsOf(db: Kysely<Database>, orgId: string) {
  return db.selectFrom('request_logs').selectAll().where('org_id', '=', orgId)
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

function toRow({ attempts: _, ...record }: LogRecord): RequestLogRow {
  return {
    ...record,
    stream: Number(record.stream),
    success: Number(record.success),
    unchecked: Number(record.unchecked),
    usage: JSON.stringify(record.usage),
    bill: JSON.stringify(record.bill),
    metadata: JSON.stringify(record.metadata),
    warnings: JSON.stringify(record.warnings),
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
})

/** The columns hold what `toRow` wrote, so their words need no second look. */
function toRecord(row: RequestLogRow, attempts: readonly RequestAttemptRow[]): LogRecord {
  const { usage, bill, metadata, warnings } = row
  const json = {
    usage: JSON.parse(usage),
    bill: JSON.parse(bill),
    metadata: JSON.parse(metadata),
    warnings: JSON.parse(warnings),
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
