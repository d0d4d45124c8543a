import type { GatewayKey, GatewayKeyChange, KeyScopes, KeyStore } from '@gw/keys'
import {
  sql,
  type Insertable,
  type Kysely,
  type Selectable,
  type Updateable,
  type UpdateObject,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely'
import * as z from 'zod'
import type { Database } from './database.ts'

type Row = Database['gateway_keys']

/** Gateway keys in the database. */
export function createDbKeyStore(db: Kysely<Database>): KeyStore {
  const select = () => db.selectFrom('gateway_keys').selectAll()
  /** The one way to change a key: never without the organisation. */
  const ofOrg = (orgId: string, id: string) =>
    db.updateTable('gateway_keys').where('org_id', '=', orgId).where('id', '=', id)

  return {
    findByHash: async (hash) => {
      const row = await select()
        .where(({ eb, or }) => or([eb('hash', '=', hash), eb('previous_hash', '=', hash)]))
        .executeTakeFirst()
      return row && toKey(row)
    },
    find: async (orgId, id) => {
      const row = await select().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()
      return row && toKey(row)
    },
    list: async (orgId) => {
      const rows = await select().where('org_id', '=', orgId).orderBy('created_at', 'desc').execute()
      return rows.map(toKey)
    },
    add: async (key) => {
      await db.insertInto('gateway_keys').values(toRow(key)).execute()
    },
    update: (orgId, id, to) => change(ofOrg(orgId, id), toColumns(to)),
    rotate: (orgId, id, { hash, lastFour, previousUntil }) =>
      change(ofOrg(orgId, id).where('revoked_at', 'is', null), {
        hash,
        last_four: lastFour,
        previous_hash: sql.ref('hash'),
        previous_until: previousUntil,
      }),
    revoke: (orgId, id, at) => change(ofOrg(orgId, id), { revoked_at: sql`coalesce(revoked_at, ${at})` }),
    touch: async (uses) => {
      if (uses.length === 0) return
      await sql`UPDATE gateway_keys SET last_used_at = max(coalesce(last_used_at, uses.at), uses.at) FROM (
        SELECT json_extract(value, '$.id') AS id, max(json_extract(value, '$.at')) AS at
        FROM json_each(${JSON.stringify(uses)}) GROUP BY 1
      ) AS uses WHERE gateway_keys.id = uses.id`.execute(db)
    },
  }
}

/** Whether there was such a key. A change of nothing still says so. */
async function change(key: Changing, to: UpdateObject<Database, 'gateway_keys'>): Promise<boolean> {
  const { numUpdatedRows } = await key.set({ name: sql.ref('name'), ...to }).executeTakeFirst()
  return numUpdatedRows > 0n
}

type Changing = UpdateQueryBuilder<Database, 'gateway_keys', 'gateway_keys', UpdateResult>

const scopesSchema = z.custom<KeyScopes>()

/** The column holds what `toRow` wrote, so its words need no second look. */
function toKey(row: Selectable<Row>): GatewayKey {
  return {
    id: row.id,
    orgId: row.org_id,
    userId: row.user_id,
    name: row.name,
    hash: row.hash,
    lastFour: row.last_four,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    expiresAt: row.expires_at,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    lastUsedAt: row.last_used_at,
    previousHash: row.previous_hash,
    previousUntil: row.previous_until,
  }
}

function toRow(key: GatewayKey): Insertable<Row> {
  return {
    id: key.id,
    org_id: key.orgId,
    user_id: key.userId,
    name: key.name,
    hash: key.hash,
    last_four: key.lastFour,
    created_at: key.createdAt,
    revoked_at: key.revokedAt,
    expires_at: key.expiresAt,
    scopes: JSON.stringify(key.scopes),
    last_used_at: key.lastUsedAt,
    previous_hash: key.previousHash,
    previous_until: key.previousUntil,
  }
}

function toColumns({ name, scopes, expiresAt }: GatewayKeyChange): Updateable<Row> {
  return {
    ...(name !== undefined && { name }),
    ...(scopes && { scopes: JSON.stringify(scopes) }),
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
  }
}
