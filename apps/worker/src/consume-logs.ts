import { createDbLogStore, type Database, type LogRecord } from '@gw/gateway'
import { Kysely } from 'kysely'
import { D1Dialect } from 'kysely-d1'

/** Writes a batch of rows. Rejects while the database is down, so that the queue delivers the batch again. */
export async function consumeLogs(batch: MessageBatch<LogRecord>, database: D1Database): Promise<void> {
  const db = new Kysely<Database>({ dialect: new D1Dialect({ database }) })
  await createDbLogStore(db).insert(batch.messages.map(({ body }) => body))
}
