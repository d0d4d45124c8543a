import { sql, type Kysely, type Selectable } from 'kysely'
import * as z from 'zod'
import type { AuditActor, AuditEntry, AuditStore } from '../audit/audit-store.ts'
import type { Database } from './database.ts'

const changes = z.record(z.string(), z.unknown())
const actorKind = z.custom<AuditActor['kind']>()

/** Changes in the database. */
export function createDbAuditStore(db: Kysely<Database>): AuditStore {
  return {
    add: async (entry) => {
      await db.insertInto('audit_log').values(toRow(entry)).execute()
    },
    list: async ({ orgId, limit, cursor, from, to, actor, action }) => {
      let query = db
        .selectFrom('audit_log')
        .selectAll()
        .where('org_id', '=', orgId ?? '')
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (cursor !== undefined) query = query.where('id', '<', cursor)
      if (from !== undefined) query = query.where('created_at', '>=', from)
      if (to !== undefined) query = query.where('created_at', '<', to)
      if (actor !== undefined) query = query.where(sql`COALESCE(actor_id, actor_kind)`, '=', actor)
      if (action !== undefined) query = query.where(sql`instr(action, ${action})`, '>', 0)
      return (await query.execute()).map(toEntry)
    },
  }
}

function toRow({ id, at, orgId, actor, action, path, subject, changes, status }: AuditEntry) {
  return {
    id,
    created_at: at,
    org_id: orgId ?? '',
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    action,
    path,
    subject,
    changes: JSON.stringify(changes),
    status,
  }
}

function toEntry(row: Selectable<Database['audit_log']>): AuditEntry {
  return {
    id: row.id,
    at: row.created_at,
    orgId: row.org_id === '' ? null : row.org_id,
    actor: { kind: actorKind.parse(row.actor_kind), id: row.actor_id, name: row.actor_name },
    action: row.action,
    path: row.path,
    subject: row.subject,
    changes: changes.parse(JSON.parse(row.changes)),
    status: row.status,
  }
}
