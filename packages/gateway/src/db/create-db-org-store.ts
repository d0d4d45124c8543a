import { sql, type Kysely, type Selectable } from 'kysely'
import type { Org, OrgStore } from '../people/org-store.ts'
import type { Database } from './database.ts'

/** Organisations in the database. */
export function createDbOrgStore(db: Kysely<Database>): OrgStore {
  return {
    find: async (id) => {
      const row = await db.selectFrom('orgs').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toOrg(row)
    },
    list: async () => (await db.selectFrom('orgs').selectAll().orderBy('id').execute()).map(toOrg),
    add: async ({ id, name, tierId, createdAt }) => {
      await db.insertInto('orgs').values({ id, name, tier_id: tierId, created_at: createdAt }).execute()
    },
    update: async (id, { name, tierId }) => {
      const columns = { name: name ?? sql.ref<string>('name'), ...(tierId !== undefined && { tier_id: tierId }) }
      const { numUpdatedRows } = await db.updateTable('orgs').set(columns).where('id', '=', id).executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}

function toOrg(row: Selectable<Database['orgs']>): Org {
  return { id: row.id, name: row.name, tierId: row.tier_id, createdAt: row.created_at }
}
