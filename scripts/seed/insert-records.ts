import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { LogRecord } from '../../packages/gateway/src/logs/log-record.ts'

const transactionSize = 20_000

/** Writes rows through the tables' own triggers, many in one transaction. */
export function insertRecords(
  database: DatabaseSync,
  records: Iterable<LogRecord>,
  report: (rows: number) => void,
): void {
  const statements = new Map<string, StatementSync>()
  const insert = (table: string, row: Record<string, unknown>): void => {
    const names = Object.keys(row)
    const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`
    const statement = statements.get(table) ?? database.prepare(text)
    statements.set(table, statement)
    statement.run(...Object.values(row).map(toColumn))
  }
  let count = 0
  database.exec('BEGIN')
  for (const { attempts, ...record } of records) {
    insert('request_logs', record)
    for (const attempt of attempts) insert('request_attempts', { request_id: record.id, ...attempt })
    count += 1
    if (count % transactionSize > 0) continue
    database.exec('COMMIT')
    report(count)
    database.exec('BEGIN')
  }
  database.exec('COMMIT')
}

/** As the tables keep it: no booleans, and JSON as text. */
function toColumn(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return Number(value)
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  return JSON.stringify(value)
}
