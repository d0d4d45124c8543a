import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { resolve } from 'node:path'
import type { LogRecord } from '../../packages/gateway/src/logs/log-record.ts'

export interface OpenD1 {
  /** Writes rows with their attempts as the queue's consumer does. @returns how long it took, ms */
  insert(records: readonly LogRecord[]): Promise<number>
  close(): Promise<void>
}

/** The D1 of a state folder. */
export async function openD1(state: string): Promise<OpenD1> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      modules: true,
      script: 'export default { fetch: () => new Response(null, { status: 204 }) }',
      d1Databases: { DB: 'gw' },
      resourcePersistencePath: resolve(state),
    }),
  )
  const database = await miniflare.getD1Database('DB')
  const insert = async (table: string, rows: readonly Record<string, unknown>[]): Promise<void> => {
    const names = Object.keys(rows[0] ?? {})
    const values = names.map((name) => `json_extract(value, '$.${name}')`)
    const text = `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`
    await database
      .prepare(text)
      .bind(JSON.stringify(rows.map(toRow)))
      .run()
  }
  return {
    insert: async (records) => {
      const rows = records.map(({ attempts: _, ...record }) => record)
      const attempts = records.flatMap(({ id, attempts: all }) => all.map((one) => ({ request_id: id, ...one })))
      const start = performance.now()
      await insert('request_logs', rows)
      await insert('request_attempts', attempts)
      return performance.now() - start
    },
    close: () => miniflare.dispose(),
  }
}

/** JSON within a row is text, and booleans are numbers. */
function toRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value === 'boolean') return [name, Number(value)]
      return [name, value !== null && typeof value === 'object' ? JSON.stringify(value) : value]
    }),
  )
}
