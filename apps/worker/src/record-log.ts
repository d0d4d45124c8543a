import type { LogRecord } from '@gw/gateway'
import type { Env } from './env.ts'
import { keepInOutbox } from './keep-in-outbox.ts'

/** Sends a row on its way: to the queue, or to the outbox while the queue is down. */
export async function recordLog(record: LogRecord, env: Pick<Env, 'LOGS' | 'LOG_OUTBOX'>): Promise<void> {
  try {
    await env.LOGS.send(record)
  } catch {
    await keepInOutbox(record, env)
  }
}
