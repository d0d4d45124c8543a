import type { KeyOwner, KeyRejection, ProviderKey, ProviderKeyChange, ProviderKeyStore, SealedSecret } from '@gw/keys'
import type { Kysely, UpdateQueryBuilder, UpdateResult } from 'kysely'
import * as z from 'zod'
import type { Database, ProviderKeyRow } from './database.ts'

/** Keys for upstream providers in the database. */
export function createDbProviderKeyStore(db: Kysely<Database>): ProviderKeyStore {
  /** The one way to the keys of an owner. */
  const keysOf = (owner: KeyOwner) => db.selectFrom('provider_keys').selectAll().where('org_id', 'is', orgOf(owner))
  const changeOf = (id: string, columns: Partial<ProviderKeyRow>) =>
    db.updateTable('provider_keys').set(columns).where('id', '=', id)
  const withOtherVersion = (version: string) =>
    db.selectFrom('provider_keys').where('master_key_version', '!=', version)

  return {
    findFor: async ({ providerId, orgId, userId, tierId }) => {
      const rows = await db
        .selectFrom('provider_keys')
        .selectAll()
        .where('provider_id', '=', providerId)
        .where(({ eb, or }) => or([eb('org_id', '=', orgId), eb('org_id', 'is', null)]))
        // What is not of a user, or not of a tier, has none there: these two leave it in, and `= NULL` leaves all others out.
        .where(({ eb, or }) => or([eb('user_id', 'is', null), eb('user_id', '=', userId)]))
        .where(({ eb, or }) => or([eb('tier_id', 'is', null), eb('tier_id', '=', tierId)]))
        .execute()
      return rows.map(toKey)
    },
    find: async (owner, id) => {
      const row = await keysOf(owner).where('id', '=', id).executeTakeFirst()
      return row && toKey(row)
    },
    list: async (owner) => (await keysOf(owner).orderBy('created_at', 'desc').execute()).map(toKey),
    add: async (key) => {
      await db.insertInto('provider_keys').values(toRow(key)).execute()
    },
    update: async (owner, id, change) => isUpdated(changeOf(id, toColumns(change)).where('org_id', 'is', orgOf(owner))),
    remove: async (owner, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('provider_keys')
        .where('org_id', 'is', orgOf(owner))
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    mark: async (id, rejection) => {
      await changeOf(id, { rejection: rejection && JSON.stringify(rejection) }).execute()
    },
    listOtherVersions: async (version, limit) =>
      (await withOtherVersion(version).selectAll().orderBy('id').limit(limit).execute()).map(toKey),
    countOtherVersions: async (version) => {
      const counted = withOtherVersion(version).select(({ fn }) => fn.countAll<number>().as('keys'))
      return (await counted.executeTakeFirstOrThrow()).keys
    },
    replaceSealed: (id, expected, sealed) =>
      isUpdated(
        changeOf(id, toSealedColumns(sealed))
          .where('master_key_version', '=', expected.version)
          .where('sealed_data_key', '=', expected.dataKey)
          .where('sealed_text', '=', expected.text),
      ),
  }
}

async function isUpdated(query: UpdateQueryBuilder<Database, 'provider_keys', 'provider_keys', UpdateResult>) {
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

function orgOf(owner: KeyOwner): string | null {
  return 'orgId' in owner ? owner.orgId : null
}

const levelSchema = z.enum(['user', 'org', 'system_tier', 'system'])
const rejectionSchema = z.custom<KeyRejection | null>()

/** The column holds what `mark` wrote, so its words need no second look. */
function toKey(row: ProviderKeyRow): ProviderKey {
  return {
    id: row.id,
    level: levelSchema.parse(row.level),
    orgId: row.org_id,
    userId: row.user_id,
    tierId: row.tier_id,
    providerId: row.provider_id,
    alias: row.alias,
    name: row.name,
    weight: row.weight,
    lastFour: row.last_four,
    sealed: { version: row.master_key_version, dataKey: row.sealed_data_key, text: row.sealed_text },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    disabledAt: row.disabled_at,
    rejection: rejectionSchema.parse(row.rejection === null ? null : JSON.parse(row.rejection)),
  }
}

function toRow(key: ProviderKey): ProviderKeyRow {
  return {
    id: key.id,
    level: key.level,
    org_id: key.orgId,
    user_id: key.userId,
    tier_id: key.tierId,
    provider_id: key.providerId,
    alias: key.alias,
    name: key.name,
    weight: key.weight,
    last_four: key.lastFour,
    ...toSealedColumns(key.sealed),
    created_at: key.createdAt,
    updated_at: key.updatedAt,
    disabled_at: key.disabledAt,
    rejection: key.rejection && JSON.stringify(key.rejection),
  }
}

function toSealedColumns({ version, dataKey, text }: SealedSecret) {
  return { master_key_version: version, sealed_data_key: dataKey, sealed_text: text }
}

function toColumns({ alias, name, weight, secret, disabledAt, updatedAt }: ProviderKeyChange): Partial<ProviderKeyRow> {
  return {
    updated_at: updatedAt,
    ...(alias !== undefined && { alias }),
    ...(name !== undefined && { name }),
    ...(weight !== undefined && { weight }),
    ...(secret && { ...toSealedColumns(secret.sealed), last_four: secret.lastFour, rejection: null }),
    ...(disabledAt !== undefined && { disabled_at: disabledAt }),
  }
}
