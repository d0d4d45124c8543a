import type { LogRecord } from '@gw/gateway'
import type { Env } from './env.ts'

/** Rows of one organisation and minute share an outbox. */
const minuteMs = 60_000

/** Puts a row on disk until the queue takes it. */
export async function keepInOutbox(record: LogRecord, { LOG_OUTBOX }: Pick<Env, 'LOG_OUTBOX'>): Promise<void> {
  const name = `${record.org_id}:${Math.floor(record.created_at / minuteMs)}`
  await LOG_OUTBOX.get(LOG_OUTBOX.idFromName(name)).keep(record)
}
