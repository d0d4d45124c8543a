import type { LogRecord } from '@gw/gateway'
import type { Env } from './env.ts'

/** Rows of one organisation and minute share an outbox. */
const minuteMs = 60_000

/** Sends a row on its way: to the queue, or to the outbox while the queue is down. */
export async function recordLog(record: LogRecord, env: Pick<Env, 'LOGS' | 'LOG_OUTBOX'>): Promise<void> {
  try {
    await env.LOGS.send(record)
  } catch {
    const name = `${record.org_id}:${Math.floor(record.created_at / minuteMs)}`
    await env.LOG_OUTBOX.get(env.LOG_OUTBOX.idFromName(name)).keep(record)
  }
}
