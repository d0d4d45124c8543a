import type { LogRecord } from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'

/** How long rows wait before the queue is tried again. */
const retryMs = 5_000

/** The largest batch that a queue takes: messages, and characters below its 256 KB. */
const batchSize = 100
const batchLength = 200_000

/**
 * Keeps log rows while the queue does not take them, and hands them on when it does: an outage costs delay, not rows.
 */
export class LogOutbox extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    state.storage.sql.exec('CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, record TEXT NOT NULL)')
  }

  /** Returns once the row is on disk. */
  async keep(record: LogRecord): Promise<void> {
    this.ctx.storage.sql.exec('INSERT OR IGNORE INTO rows VALUES (?, ?)', record.id, JSON.stringify(record))
    await this.ctx.storage.setAlarm(Date.now() + retryMs)
  }

  override async alarm(): Promise<void> {
    const waiting = this.ctx.storage.sql
      .exec<{ id: string; record: string }>('SELECT id, record FROM rows ORDER BY id LIMIT ?', batchSize)
      .toArray()
    if (waiting.length === 0) return
    const rows = firstBatch(waiting)
    try {
      await this.env.LOGS.sendBatch(rows.map(({ record }) => ({ body: JSON.parse(record) })))
    } catch {
      await this.ctx.storage.setAlarm(Date.now() + retryMs)
      return
    }
    this.ctx.storage.sql.exec(
      'DELETE FROM rows WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(rows.map(({ id }) => id)),
    )
    await this.ctx.storage.setAlarm(Date.now())
  }
}

/** As many rows as fit into one batch, and at least one. */
function firstBatch(rows: readonly { id: string; record: string }[]): readonly { id: string; record: string }[] {
  let length = 0
  const fitting = rows.findIndex(({ record }) => (length += record.length) > batchLength)
  return fitting === -1 ? rows : rows.slice(0, Math.max(1, fitting))
}
