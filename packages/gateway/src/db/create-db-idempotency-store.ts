import type { Kysely } from 'kysely'
import { idempotencyMs, underWayMs, type IdempotencyStore } from '../admin/api/idempotency.ts'
import type { Database } from './database.ts'

/** Answers to writes in the database. */
export function createDbIdempotencyStore(db: Kysely<Database>): IdempotencyStore {
  return {
    claim: async ({ id, fingerprint, at }) => {
      await db
        .deleteFrom('idempotency_keys')
        .where((where) =>
          where.or([
            where('created_at', '<=', at - idempotencyMs),
            where.and([where('answer', 'is', null), where('created_at', '<=', at - underWayMs)]),
          ]),
        )
        .execute()
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('idempotency_keys')
        .values({ id, fingerprint, answer: null, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows > 0n) return undefined
      const known = await db
        .selectFrom('idempotency_keys')
        .select(['fingerprint', 'answer'])
        .where('id', '=', id)
        .executeTakeFirst()
      // It may have been let go of just now.
      return known ?? { fingerprint, answer: null }
    },
    finish: async (id, answer) => {
      await db.updateTable('idempotency_keys').set({ answer }).where('id', '=', id).execute()
    },
    release: async (id) => {
      await db.deleteFrom('idempotency_keys').where('id', '=', id).execute()
    },
  }
}
