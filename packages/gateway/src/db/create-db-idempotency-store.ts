import type { Kysely } from 'kysely'
import { idempotencyMs, type IdempotencyStore } from '../admin/api/idempotency.ts'
import type { Database } from './database.ts'

/** Answers to writes in the database. */
export function createDbIdempotencyStore(db: Kysely<Database>): IdempotencyStore {
  return {
    claim: async ({ id, fingerprint, at }) => {
      await db
        .deleteFrom('idempotency_keys')
        .where('created_at', '<=', at - idempotencyMs)
        .execute()
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('idempotency_keys')
        .values({ id, fingerprint, answer: null, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows > 0n) return undefined
      return db
        .selectFrom('idempotency_keys')
        .select(['fingerprint', 'answer'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    },
    finish: async (id, answer) => {
      await db.updateTable('idempotency_keys').set({ answer }).where('id', '=', id).execute()
    },
    release: async (id) => {
      await db.deleteFrom('idempotency_keys').where('id', '=', id).execute()
    },
  }
}
