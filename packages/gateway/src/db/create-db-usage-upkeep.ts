import { sql, type Kysely } from 'kysely'
import { idBoundOf } from '../analytics/id-bound-of.ts'
import type { UsageUpkeep } from '../analytics/usage-upkeep.ts'
import type { Database } from './database.ts'

/** How far the time in an id may be from the time of its row. */
const skewMs = 3_600_000

/** What is deleted is looked for every few minutes, so few rows that are not due may be looked at. */
const smallSkewMs = 60_000

const rollUps = ['usage_hourly', 'usage_daily', 'usage_metadata_hourly', 'usage_metadata_daily'] as const

/** Upkeep in the database. Roll-ups are made anew by a trigger, so that one statement does it whole or not at all. */
export function createDbUsageUpkeep(db: Kysely<Database>): UsageUpkeep {
  return {
    deletedBefore: async () => {
      const row = await db.selectFrom('log_retention').select('deleted_before').executeTakeFirst()
      return row?.deleted_before ?? 0
    },
    deleteRows: async ({ before, limit }) => {
      await sql`UPDATE log_retention SET deleted_before = max(deleted_before, ${before})`.execute(db)
      const old = sql<{ id: string }>`SELECT id FROM request_logs
        WHERE id < ${idBoundOf(before + smallSkewMs)} AND created_at < ${before} ORDER BY id LIMIT ${sql.lit(limit)}`
      return deleteListed(db, (await old.execute(db)).rows)
    },
    rebuild: async ({ orgId, from, to, at }) => {
      const ids = { from_id: idBoundOf(from - skewMs), to_id: idBoundOf(to + skewMs) }
      await db
        .insertInto('usage_rebuilds')
        .values({ org_id: orgId, from_hour: from, to_hour: to, ...ids, rebuilt_at: at })
        .execute()
    },
    removeGateway: async ({ orgId, gatewayId, limit }) => {
      const { rows } = await sql<{ id: string }>`SELECT id FROM request_logs
        WHERE org_id = ${orgId} AND gateway_id = ${gatewayId} LIMIT ${sql.lit(limit)}`.execute(db)
      await deleteListed(db, rows)
      if (rows.length < limit) {
        for (const table of rollUps) {
          await db.deleteFrom(table).where('org_id', '=', orgId).where('gateway_id', '=', gatewayId).execute()
        }
      }
      return rows.length
    },
  }
}

/** Attempts go first: a crash between the two leaves rows that the next round finds. */
async function deleteListed(db: Kysely<Database>, rows: readonly { id: string }[]): Promise<number> {
  if (rows.length === 0) return 0
  const listed = sql<string>`(SELECT value FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}))`
  await db.deleteFrom('request_attempts').where('request_id', 'in', listed).execute()
  await db.deleteFrom('request_logs').where('id', 'in', listed).execute()
  return rows.length
}
