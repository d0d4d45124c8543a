import type { GatewayKey, KeyStore } from '@gw/keys'
import type { Kysely, Selectable } from 'kysely'
import type { Database } from './database.ts'

/** Gateway keys in the database. */
export function createDbKeyStore(db: Kysely<Database>): KeyStore {
  return {
    findByHash: async (hash) => {
      const row = await db.selectFrom('gateway_keys').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row && toKey(row)
    },
    add: async (key) => {
      await db.insertInto('gateway_keys').values(toRow(key)).execute()
    },
    revoke: async (orgId, id, at) => {
      const { numUpdatedRows } = await db
        .updateTable('gateway_keys')
        .set(({ fn, val }) => ({ revoked_at: fn.coalesce('revoked_at', val(at)) }))
        .where('org_id', '=', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    list: async (orgId) => {
      const rows = await db
        .selectFrom('gateway_keys')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('created_at', 'desc')
        .execute()
      return rows.map(toKey)
    },
  }
}

function toKey(row: Selectable<Database['gateway_keys']>): GatewayKey {
  return {
    id: row.id,
    orgId: row.org_id,
    userId: row.user_id,
    name: row.name,
    hash: row.hash,
    lastFour: row.last_four,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  }
}

function toRow(key: GatewayKey): Database['gateway_keys'] {
  return {
    id: key.id,
    org_id: key.orgId,
    user_id: key.userId,
    name: key.name,
    hash: key.hash,
    last_four: key.lastFour,
    created_at: key.createdAt,
    revoked_at: key.revokedAt,
  }
}
