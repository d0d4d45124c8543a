import type { Kysely } from 'kysely'
import * as z from 'zod'
import type { AlertDelivery, AlertDeliveryStore } from '../alerts/alert-delivery.ts'
import { digestSchema } from '../alerts/rule-settings-schema.ts'
import type { Database } from './database.ts'

type Row = Database['alert_deliveries']

const words = z.object({ status: z.enum(['queued', 'sent', 'failed']), digest: digestSchema })

/** The column holds what `toRow` wrote, so its words need no second look. */
const messageSchema = z.custom<AlertDelivery['message']>()

/** Deliveries in the database. */
export function createDbAlertDeliveryStore(db: Kysely<Database>): AlertDeliveryStore {
  const of = (orgId: string | null) => db.selectFrom('alert_deliveries').where('org_id', 'is', orgId)
  const queued = (orgId: string | null) => of(orgId).where('status', '=', 'queued')
  return {
    add: async (deliveries) => {
      if (deliveries.length === 0) return
      for (const delivery of deliveries) {
        await db
          .insertInto('alert_deliveries')
          .values(toRow(delivery))
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
    },
    listDue: async (orgId, now, limit) => {
      const rows = queued(orgId).selectAll().where('due_at', '<=', now).orderBy('due_at').orderBy('id').limit(limit)
      return (await rows.execute()).map(toDelivery)
    },
    nextDueAt: async (orgId) => {
      const first = await queued(orgId).select('due_at').orderBy('due_at').limit(1).executeTakeFirst()
      return first?.due_at
    },
    update: async (delivery) => {
      const { id, ...columns } = toRow(delivery)
      await db.updateTable('alert_deliveries').set(columns).where('id', '=', id).execute()
    },
    list: async ({ orgId, limit, incidentId }) => {
      const rows = of(orgId).selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
      const asked = incidentId === undefined ? rows : rows.where('incident_id', '=', incidentId)
      return (await asked.execute()).map(toDelivery)
    },
    listWaiting: async (now) => {
      const rows = await db
        .selectFrom('alert_deliveries')
        .select('org_id')
        .distinct()
        .where('status', '=', 'queued')
        .where('due_at', '<=', now)
        .orderBy('org_id')
        .execute()
      return rows.map(({ org_id }) => org_id)
    },
    prune: async (before) => {
      await db.deleteFrom('alert_deliveries').where('finished_at', '<', before).execute()
    },
  }
}

const toRow = (delivery: AlertDelivery): Row => ({
  id: delivery.id,
  org_id: delivery.orgId,
  channel_id: delivery.channelId,
  incident_id: delivery.incidentId,
  content: JSON.stringify(delivery.message),
  digest: delivery.digest,
  status: delivery.status,
  attempts: delivery.attempts,
  due_at: delivery.dueAt,
  last_status_code: delivery.lastStatusCode,
  last_error: delivery.lastError,
  created_at: delivery.createdAt,
  finished_at: delivery.finishedAt,
})

const toDelivery = (row: Row): AlertDelivery => ({
  ...words.parse(row),
  id: row.id,
  orgId: row.org_id,
  channelId: row.channel_id,
  incidentId: row.incident_id,
  message: messageSchema.parse(JSON.parse(row.content)),
  attempts: row.attempts,
  dueAt: row.due_at,
  lastStatusCode: row.last_status_code,
  lastError: row.last_error,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})
