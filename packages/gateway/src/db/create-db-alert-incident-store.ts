import type { Kysely } from 'kysely'
import * as z from 'zod'
import type { AlertIncident, AlertIncidentStore, IncidentQuery } from '../alerts/alert-incident.ts'
import { ruleKindSchema } from '../alerts/rule-settings-schema.ts'
import type { Database } from './database.ts'

type Row = Database['alert_incidents']

const severity = z.enum(['warning', 'critical'])
const words = z.object({ kind: ruleKindSchema, severity, notified_severity: severity.nullable() })
const noticeSchema = z.object({
  change: z.enum(['fired', 'escalated', 'still_firing', 'resolved']),
  at: z.number(),
})

/** Incidents in the database. */
export function createDbAlertIncidentStore(db: Kysely<Database>): AlertIncidentStore {
  const of = (orgId: string | null) => db.selectFrom('alert_incidents').selectAll().where('org_id', 'is', orgId)
  return {
    listSince: async (orgId, since) => {
      // Two queries with an index each: an OR over both would read all of the organisation's.
      const open = await of(orgId).where('resolved_at', 'is', null).execute()
      const ended = await of(orgId).where('updated_at', '>=', since).where('resolved_at', 'is not', null).execute()
      return [...open, ...ended].map(toIncident)
    },
    list: async (query) => (await select(db, query).execute()).map(toIncident),
    find: async (orgId, id) => {
      const row = await of(orgId).where('id', '=', id).executeTakeFirst()
      return row && toIncident(row)
    },
    save: async (incident) => {
      const row = toRow(incident)
      const { id: _, acknowledged_at: __, acknowledged_by: ___, ...columns } = row
      await db
        .insertInto('alert_incidents')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
    },
    clearNotice: async (id, notices) => {
      await db
        .updateTable('alert_incidents')
        .set({ notice: null })
        .where('id', '=', id)
        .where('notices', '=', notices)
        .execute()
    },
    acknowledge: async (orgId, id, { name, at }) => {
      const { numUpdatedRows } = await db
        .updateTable('alert_incidents')
        .set({ acknowledged_at: at, acknowledged_by: name })
        .where('org_id', 'is', orgId)
        .where('id', '=', id)
        .where('resolved_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    countOpen: () => countOpen(db),
    prune: async (before) => {
      await db.deleteFrom('alert_incidents').where('resolved_at', '<', before).execute()
    },
  }
}

function select(db: Kysely<Database>, { orgId, limit, state, after }: IncidentQuery) {
  let query = db
    .selectFrom('alert_incidents')
    .selectAll()
    .where('org_id', 'is', orgId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== undefined) {
    const { createdAt, id } = after
    query = query.where(({ eb, and, or }) =>
      or([eb('created_at', '<', createdAt), and([eb('created_at', '=', createdAt), eb('id', '<', id)])]),
    )
  }
  if (state === undefined) return query
  if (state === 'resolved') return query.where('resolved_at', 'is not', null)
  return query.where('resolved_at', 'is', null).where('acknowledged_at', state === 'open' ? 'is' : 'is not', null)
}

async function countOpen(db: Kysely<Database>) {
  const rows = await db
    .selectFrom('alert_incidents')
    .where('resolved_at', 'is', null)
    .groupBy(['org_id', 'severity'])
    .orderBy('org_id')
    .orderBy('severity')
    .select(({ fn }) => ['org_id', 'severity', fn.countAll<number>().as('incidents')])
    .execute()
  return rows.map((row) => ({ orgId: row.org_id, severity: severity.parse(row.severity), incidents: row.incidents }))
}

const toRow = (incident: AlertIncident): Row => ({
  id: incident.id,
  org_id: incident.orgId,
  rule_id: incident.ruleId,
  rule_name: incident.ruleName,
  kind: incident.kind,
  subject: incident.subject,
  severity: incident.severity,
  message: incident.message,
  value: incident.value,
  threshold: incident.threshold,
  created_at: incident.createdAt,
  updated_at: incident.updatedAt,
  resolved_at: incident.resolvedAt,
  notified_at: incident.notifiedAt,
  notified_severity: incident.notifiedSeverity,
  is_told: Number(incident.isTold),
  notices: incident.notices,
  notice: incident.notice && JSON.stringify(incident.notice),
  acknowledged_at: incident.acknowledgedAt,
  acknowledged_by: incident.acknowledgedBy,
})

function toIncident(row: Row): AlertIncident {
  const { kind, severity: how, notified_severity } = words.parse(row)
  return {
    id: row.id,
    orgId: row.org_id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    kind,
    subject: row.subject,
    severity: how,
    message: row.message,
    value: row.value,
    threshold: row.threshold,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    resolvedAt: row.resolved_at,
    notifiedAt: row.notified_at,
    notifiedSeverity: notified_severity,
    isTold: row.is_told === 1,
    notices: row.notices,
    notice: row.notice === null ? null : noticeSchema.parse(JSON.parse(row.notice)),
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
  }
}
