import type { Kysely } from 'kysely'
import * as z from 'zod'
import { alertEventId, type AlertEvent, type AlertEventStore } from '../alerts/alert-event.ts'
import type { Database } from './database.ts'

const kind = z.custom<AlertEvent['kind']>()

/** Events in the database. */
export function createDbAlertEventStore(db: Kysely<Database>): AlertEventStore {
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
    list: async (orgId, limit) => {
      const rows = await db
        .selectFrom('alert_events')
        .selectAll()
        .where('org_id', orgId === null ? 'is' : '=', orgId)
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ org_id, kind: word, subject, message, created_at }) => ({
        orgId: org_id,
        kind: kind.parse(word),
        subject,
        message,
        at: created_at,
      }))
    },
  }
}
