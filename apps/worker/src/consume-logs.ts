import { settleRecords, type LogRecord } from '@gw/gateway'
import { createLedgers } from './create-ledgers.ts'
import { createStores } from './create-stores.ts'
import { createWatchAlerts } from './create-watch-alerts.ts'
import type { Env } from './env.ts'
import { keepInOutbox } from './keep-in-outbox.ts'
import { pushLogs } from './push-logs.ts'
import { readVariables } from './read-config.ts'
import { sendTelemetry } from './send-telemetry.ts'

/** Deliveries of a message after which its row goes back to the outbox: the queue would drop it soon. */
const patience = 8

/**
 * Writes a batch of rows, and tells ledgers and keys of them; each takes a row once. Rejects while any of these is down,
 * so that the queue delivers the batch again. An outage that is longer than the queue's patience costs no row either: the
 * outbox keeps them, and sends them anew. What goes elsewhere goes afterwards: to the bucket for logs, where a failure has
 * the batch delivered again too, and to collectors of telemetry.
 */
export async function consumeLogs(
  batch: MessageBatch<LogRecord>,
  env: Env,
  execution?: Pick<ExecutionContext, 'waitUntil'>,
): Promise<void> {
  const records = batch.messages.map(({ body }) => body)
  try {
    await write(records, env)
    await pushLogs(records, env)
    // Nobody waits for somebody else's collector.
    execution?.waitUntil(sendTelemetry(records, env))
  } catch (error) {
    if (batch.messages.every(({ attempts }) => attempts < patience)) throw error
    await Promise.all(records.map((record) => keepInOutbox(record, env)))
  }
}

async function write(records: readonly LogRecord[], env: Env): Promise<void> {
  const { logs, keys } = createStores(env.DB, () => Date.now())
  await logs.insert(records)
  const { account = '' } = readVariables(env, env.GW_UPSTREAMS ? 'local' : '')
  await Promise.all([
    settleRecords(records, { ledgers: createLedgers(env), account }),
    keys.touch(records.map(({ gateway_key_id: id, created_at: at }) => ({ id, at }))),
  ])
  const watch = createWatchAlerts(env, () => undefined)
  await Promise.all([null, ...new Set(records.map(({ org_id }) => org_id))].map(watch))
}
