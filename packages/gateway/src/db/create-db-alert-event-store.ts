import type { Kysely } from 'kysely'
import * as z from 'zod'
import { alertEventId, type AlertEvent, type AlertEventStore } from '../alerts/alert-event.ts'
import type { Database } from './database.ts'

const kind = z.custom<AlertEvent['kind']>()

/** Events in the database. */
export function createDbAlertEventStore(db: Kysely<Database>): AlertEventStore {
  const of = (orgId: string | null) =>
    db.selectFrom('alert_events').selectAll().where('org_id', 'is', orgId).orderBy('created_at', 'desc')
  return {
    add: async (event) => {
      const { orgId, kind: word, subject, message, at } = event
      const row = { id: alertEventId(event), org_id: orgId, kind: word, subject, message, created_at: at }
      await db
        .insertInto('alert_events')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    list: async (orgId, limit) => (await of(orgId).limit(limit).execute()).map(toEvent),
    listSince: async (orgId, since) =>
      (await of(orgId).where('created_at', '>=', since).limit(1000).execute()).map(toEvent),
    prune: async (before) => {
      await db.deleteFrom('alert_events').where('created_at', '<', before).execute()
    },
  }
}

const toEvent = ({ org_id, kind: word, subject, message, created_at }: Database['alert_events']): AlertEvent => ({
  orgId: org_id,
  kind: kind.parse(word),
  subject,
  message,
  at: created_at,
})
