import { sql, type Kysely, type Selectable, type SqlBool } from 'kysely'
import * as z from 'zod'
import { roles, type Membership, type MembershipStore } from '../people/membership-store.ts'
import type { Database } from './database.ts'

/** Memberships in the database. */
export function createDbMembershipStore(db: Kysely<Database>): MembershipStore {
  const select = () => db.selectFrom('memberships').selectAll()
  return {
    find: async (orgId, userId) => {
      const row = await select().where('org_id', '=', orgId).where('user_id', '=', userId).executeTakeFirst()
      return row && toMembership(row)
    },
    list: async (orgId) => {
      const rows = await select().where('org_id', '=', orgId).orderBy('user_id').execute()
      return rows.map(toMembership)
    },
    listOfUser: async (userId) => {
      const rows = await select().where('user_id', '=', userId).orderBy('org_id').execute()
      return rows.map(toMembership)
    },
    add: async ({ orgId, userId, role, createdAt }) => {
      await db
        .insertInto('memberships')
        .values({ org_id: orgId, user_id: userId, role, created_at: createdAt })
        .execute()
    },
    update: async (orgId, userId, { role }) => {
      let update = db.updateTable('memberships').set({ role }).where('org_id', '=', orgId).where('user_id', '=', userId)
      if (role !== 'owner') update = update.where(isNotLastOwner)
      const { numUpdatedRows } = await update.executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: async (orgId, userId) => {
      const { numDeletedRows } = await db
        .deleteFrom('memberships')
        .where('org_id', '=', orgId)
        .where('user_id', '=', userId)
        .where(isNotLastOwner)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

/** In the statement itself, so that two owners who remove each other at once leave one. */
const isNotLastOwner = sql<SqlBool>`(memberships.role <> 'owner' OR EXISTS (
  SELECT 1 FROM memberships AS others
  WHERE others.org_id = memberships.org_id AND others.user_id <> memberships.user_id AND others.role = 'owner'
))`

const roleSchema = z.enum(roles)

function toMembership(row: Selectable<Database['memberships']>): Membership {
  return { orgId: row.org_id, userId: row.user_id, role: roleSchema.parse(row.role), createdAt: row.created_at }
}
