import { sql, type Kysely, type Selectable } from 'kysely'
import type { User, UserStore } from '../people/user-store.ts'
import type { Database } from './database.ts'

/** Users in the database, whose foreign keys take along what belongs to one who is removed. */
export function createDbUserStore(db: Kysely<Database>): UserStore {
  const find = async (column: 'id' | 'email', value: string): Promise<User | undefined> => {
    const row = await db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst()
    return row && toUser(row)
  }
  return {
    find: (id) => find('id', id),
    findByEmail: (email) => find('email', email),
    list: async () => (await db.selectFrom('users').selectAll().orderBy('id').execute()).map(toUser),
    add: async ({ id, email, name, tierId, createdAt }) => {
      await db.insertInto('users').values({ id, email, name, tier_id: tierId, created_at: createdAt }).execute()
    },
    update: async (id, { email, name, tierId }) => {
      const columns = {
        name: name ?? sql.ref<string>('name'),
        ...(email !== undefined && { email }),
        ...(tierId !== undefined && { tier_id: tierId }),
      }
      const { numUpdatedRows } = await db.updateTable('users').set(columns).where('id', '=', id).executeTakeFirst()
      return numUpdatedRows > 0n
    },
    remove: async (id) => {
      const { numDeletedRows } = await db.deleteFrom('users').where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function toUser(row: Selectable<Database['users']>): User {
  return { id: row.id, email: row.email, name: row.name, tierId: row.tier_id, createdAt: row.created_at }
}
