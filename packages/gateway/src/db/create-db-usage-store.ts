import type { Kysely } from 'kysely'
import type { UsageStore } from '../logs/usage-store.ts'
import type { Database } from './database.ts'

const hourMs = 3_600_000

/** The hourly roll-up in the database. */
export function createDbUsageStore(db: Kysely<Database>): UsageStore {
  return {
    totals: async ({ orgId, from, to }) => {
      const rows = db
        .selectFrom('usage_hourly')
        .where('hour', '>=', from - (from % hourMs))
        .where('hour', '<', to)
      const scoped = orgId === null ? rows : rows.where('org_id', '=', orgId)
      return scoped
        .select(({ fn, lit }) => [
          fn.coalesce(fn.sum<number>('requests'), lit(0)).as('requests'),
          fn.coalesce(fn.sum<number>('unchecked'), lit(0)).as('unchecked'),
          fn.coalesce(fn.sum<number>('unpriced'), lit(0)).as('unpriced'),
          fn.coalesce(fn.sum<number>('input_tokens'), lit(0)).as('input_tokens'),
          fn.coalesce(fn.sum<number>('output_tokens'), lit(0)).as('output_tokens'),
          fn.coalesce(fn.sum<number>('cost_nano_usd'), lit(0)).as('cost_nano_usd'),
          fn.coalesce(fn.sum<number>('charged_nano_usd'), lit(0)).as('charged_nano_usd'),
          fn.coalesce(fn.sum<number>('milli_neurons'), lit(0)).as('milli_neurons'),
          fn.coalesce(fn.sum<number>('saved_nano_usd'), lit(0)).as('saved_nano_usd'),
          fn.coalesce(fn.sum<number>('saved_ms'), lit(0)).as('saved_ms'),
        ])
        .executeTakeFirstOrThrow()
    },
  }
}
