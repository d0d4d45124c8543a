import { sql, type Kysely } from 'kysely'
import { gatewaySettingsSchema } from '../gateways/gateway-settings-schema.ts'
import type { Gateway, GatewayStore } from '../gateways/gateway-store.ts'
import type { Database } from './database.ts'

/** Gateways in the database. A row whose settings cannot be read works with the defaults. */
export function createDbGatewayStore(db: Kysely<Database>): GatewayStore {
  const gatewaysOf = (orgId: string) =>
    db.selectFrom('gateways').select(['id', 'settings', 'cache_generation']).where('org_id', '=', orgId)
  return {
    find: async (orgId, id) => {
      const row = await gatewaysOf(orgId).where('id', '=', id).executeTakeFirst()
      return row && toGateway(orgId, row)
    },
    list: async (orgId) => {
      const rows = await gatewaysOf(orgId).orderBy('id').execute()
      return rows.map((row) => toGateway(orgId, row))
    },
    stamps: async (orgId) => {
      const rows = await db
        .selectFrom('gateways')
        .select(['id', 'created_at', 'modified_at'])
        .where('org_id', '=', orgId)
        .orderBy('id')
        .execute()
      return new Map(rows.map((row) => [row.id, { createdAt: row.created_at, modifiedAt: row.modified_at }]))
    },
    save: async ({ orgId, id, settings }, at) => {
      await db
        .insertInto('gateways')
        .values({
          org_id: orgId,
          id,
          settings: JSON.stringify(settings),
          created_at: at,
          modified_at: at,
          cache_generation: at,
        })
        .onConflict((conflict) =>
          conflict.doUpdateSet({
            settings: sql.ref<string>('excluded.settings'),
            modified_at: sql.ref<number>('excluded.modified_at'),
          }),
        )
        .execute()
    },
    purge: async (orgId, id, at) => {
      const { numUpdatedRows } = await db
        .updateTable('gateways')
        .set({ cache_generation: sql<number>`max(cache_generation + 1, ${at})` })
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: async (orgId, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('gateways')
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function toGateway(
  orgId: string,
  { id, settings, cache_generation: cacheGeneration }: { id: string; settings: string; cache_generation: number },
): Gateway {
  return { orgId, id, settings: readSettings(settings), cacheGeneration }
}

function readSettings(text: string): Gateway['settings'] {
  try {
    return gatewaySettingsSchema.catch({}).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
