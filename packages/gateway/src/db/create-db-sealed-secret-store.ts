import type { Kysely, Selectable } from 'kysely'
import type { SealedRecord, SealedSecretStore } from '../secrets/sealed-secret-store.ts'
import type { Database } from './database.ts'

type Row = Database['sealed_secrets']

/** Sealed secrets in the database. */
export function createDbSealedSecretStore(db: Kysely<Database>): SealedSecretStore {
  return {
    put: async ({ id, orgId, purpose, sealed }) => {
      const columns = { org_id: orgId, purpose, ...toSealedColumns(sealed) }
      await db
        .insertInto('sealed_secrets')
        .values({ id, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
    },
    find: async (orgId, id) => {
      const row = await db
        .selectFrom('sealed_secrets')
        .selectAll()
        .where('org_id', 'is', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    remove: async (orgId, id) => {
      await db.deleteFrom('sealed_secrets').where('org_id', 'is', orgId).where('id', '=', id).execute()
    },
    listOtherVersions: async (version, limit) => {
      const rows = await db
        .selectFrom('sealed_secrets')
        .selectAll()
        .where('master_key_version', '!=', version)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    countOtherVersions: async (version) => {
      const { secrets } = await db
        .selectFrom('sealed_secrets')
        .where('master_key_version', '!=', version)
        .select(({ fn }) => fn.countAll<number>().as('secrets'))
        .executeTakeFirstOrThrow()
      return secrets
    },
    replaceSealed: async (id, expected, sealed) => {
      const { numUpdatedRows } = await db
        .updateTable('sealed_secrets')
        .set(toSealedColumns(sealed))
        .where('id', '=', id)
        .where('master_key_version', '=', expected.version)
        .where('sealed_data_key', '=', expected.dataKey)
        .where('sealed_text', '=', expected.text)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}

const toSealedColumns = ({ version, dataKey, text }: SealedRecord['sealed']) => ({
  master_key_version: version,
  sealed_data_key: dataKey,
  sealed_text: text,
})

const toRecord = (row: Selectable<Row>): SealedRecord => ({
  id: row.id,
  orgId: row.org_id,
  purpose: row.purpose,
  sealed: { version: row.master_key_version, dataKey: row.sealed_data_key, text: row.sealed_text },
})
