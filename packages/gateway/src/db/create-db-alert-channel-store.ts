import type { Kysely } from 'kysely'
import * as z from 'zod'
import type { AlertChannel, AlertChannelStore } from '../alerts/alert-channel.ts'
import type { Database } from './database.ts'

const settingsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), format: z.enum(['slack', 'discord', 'json']), urlPreview: z.string() }),
  z.object({ kind: z.literal('email'), to: z.array(z.string()) }),
])

/** Channels in the database. */
export function createDbAlertChannelStore(db: Kysely<Database>): AlertChannelStore {
  const of = (orgId: string | null) => db.selectFrom('alert_channels').selectAll().where('org_id', 'is', orgId)
  return {
    list: async (orgId) => (await of(orgId).orderBy('created_at').orderBy('id').execute()).map(toChannel),
    find: async (orgId, id) => {
      const row = await of(orgId).where('id', '=', id).executeTakeFirst()
      return row && toChannel(row)
    },
    save: async (channel) => {
      const { id, ...columns } = toRow(channel)
      await db
        .insertInto('alert_channels')
        .values({ id, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
    },
    remove: async (orgId, id) => {
      const { numDeletedRows } = await db
        .deleteFrom('alert_channels')
        .where('org_id', 'is', orgId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

const toRow = (channel: AlertChannel): Database['alert_channels'] => ({
  id: channel.id,
  org_id: channel.orgId,
  name: channel.name,
  kind: channel.settings.kind,
  is_enabled: Number(channel.isEnabled),
  settings: JSON.stringify(channel.settings),
  created_at: channel.createdAt,
  updated_at: channel.updatedAt,
})

const toChannel = (row: Database['alert_channels']): AlertChannel => ({
  id: row.id,
  orgId: row.org_id,
  name: row.name,
  isEnabled: row.is_enabled === 1,
  settings: settingsSchema.parse(JSON.parse(row.settings)),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
