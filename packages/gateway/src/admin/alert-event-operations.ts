import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import { stateOf, type AlertIncident } from '../alerts/alert-incident.ts'
import { withoutTold } from '../alerts/without-told.ts'
import type { Deps } from '../deps.ts'
import { alertEventId, type AlertEvent } from '../alerts/alert-event.ts'
import { listSchema } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { toAuditActor } from './api/record-audit.ts'
import { alertOwnerQuery, ownerAccess, toOwner } from './alert-owner.ts'
import { requireFound } from './require-found.ts'

const tag = 'Alerts'

const severity = z.enum(['warning', 'critical'])
const state = z.enum(['open', 'acknowledged', 'resolved'])

/** An incident has all fields; a note that no rule has taken up yet has those without `optional`. */
const eventAnswer = z.object({
  org_id: z.string().nullable(),
  kind: z.string(),
  subject: z.string(),
  message: z.string(),
  created_at: z.number(),
  id: z.string().optional(),
  state: state.optional(),
  severity: severity.optional(),
  rule_id: z.string().optional(),
  rule_name: z.string().optional(),
  value: z.number().nullable().optional(),
  threshold: z.number().optional(),
  updated_at: z.number().optional(),
  resolved_at: z.number().nullable().optional(),
  notified_at: z.number().nullable().optional(),
  acknowledged_at: z.number().nullable().optional(),
  acknowledged_by: z.string().nullable().optional(),
})

const notThere = 'There is no such alert here. GET /api/alert-events lists them.'

/** Of notes that no rule has taken up, no more than these are looked at. */
const mostNotes = 1000

/** What somebody should hear of: incidents of rules, and notes of the gateway that no rule has taken up. */
export function alertEventOperations(deps: Deps) {
  const { alertEvents, alerts } = deps.control
  /** Notes that no incident is about. */
  const untold = async (orgId: string | null): Promise<AlertEvent[]> => {
    const notes = await alertEvents.list(orgId, mostNotes)
    const oldest = notes.at(-1)
    return oldest ? withoutTold(notes, await alerts.incidents.listSince(orgId, oldest.at)) : []
  }
  return [
    operation(
      {
        method: 'GET',
        path: '/alert-events',
        tag,
        access: ownerAccess('viewer'),
        summary: "Alerts, newest first: an organisation's, or with system=true the operator's.",
        query: z.strictObject({
          ...alertOwnerQuery,
          limit: z.coerce.number().int().min(1).max(1000).default(50),
          state: state.optional(),
          cursor: z.string().min(1).optional(),
        }),
        answer: listSchema(eventAnswer),
      },
      async ({ org, query: { limit, state: asked, cursor } }) => {
        const orgId = toOwner(org)
        const after = cursor === undefined ? undefined : parseCursor(cursor)
        const incidents = await alerts.incidents.list({ orgId, limit: limit + 1, state: asked, after })
        const notes = asked === undefined ? await untold(orgId) : []
        const all = [
          ...incidents.map((incident) => ({ ...incident, shown: toPublic(incident) })),
          ...notes.map((note) => ({
            createdAt: note.at,
            id: alertEventId(note),
            shown: toPublicNote(note),
          })),
        ].filter((one) => after === undefined || compare(after, one) < 0)
        const page = all.toSorted(compare).slice(0, limit)
        const last = page.at(-1)
        const isMore = all.length > limit && last !== undefined
        return { data: page.map(({ shown }) => shown), next_cursor: isMore ? `${last.createdAt}:${last.id}` : null }
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/alert-events/:id',
        tag,
        access: ownerAccess('viewer'),
        summary: 'One alert.',
        query: z.strictObject(alertOwnerQuery),
        answer: eventAnswer,
      },
      async ({ org, params }) => toPublic(requireFound(await alerts.incidents.find(toOwner(org), params.id), notThere)),
    ),
    operation(
      {
        method: 'POST',
        path: '/alert-events/:id/acknowledge',
        tag,
        access: ownerAccess('member'),
        summary: 'Says that somebody looks after it: it is told of again when it gets worse or ends.',
        query: z.strictObject(alertOwnerQuery),
        answer: eventAnswer,
      },
      async ({ org, params, actor }) => {
        const orgId = toOwner(org)
        const by = { name: toAuditActor(actor).name, at: deps.now() }
        const isOpen = await alerts.incidents.acknowledge(orgId, params.id, by)
        const incident = requireFound(await alerts.incidents.find(orgId, params.id), notThere)
        requireFound(isOpen || undefined, 'This alert is over. There is nothing to acknowledge.')
        return toPublic(incident)
      },
    ),
  ] as const
}

interface Place {
  createdAt: number
  id: string
}

/** The latest first. */
const compare = (a: Place, b: Place): number => b.createdAt - a.createdAt || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1)

/** A cursor is the place of the last one of a page. */
function parseCursor(cursor: string): Place {
  const [, at = '', id = ''] = /^(\d{1,16}):(.+)$/.exec(cursor) ?? []
  if (id !== '') return { createdAt: Number(at), id }
  throw new GatewayError('invalid_request', 'cursor: is not one that this list gave.', { detail: { param: 'cursor' } })
}

const toPublicNote = ({ orgId, kind, subject, message, at }: AlertEvent): z.input<typeof eventAnswer> => ({
  org_id: orgId,
  kind,
  subject,
  message,
  created_at: at,
})

const toPublic = (incident: AlertIncident): z.input<typeof eventAnswer> => ({
  org_id: incident.orgId,
  kind: incident.kind,
  subject: incident.subject,
  message: incident.message,
  created_at: incident.createdAt,
  id: incident.id,
  state: stateOf(incident),
  severity: incident.severity,
  rule_id: incident.ruleId,
  rule_name: incident.ruleName,
  value: incident.value,
  threshold: incident.threshold,
  updated_at: incident.updatedAt,
  resolved_at: incident.resolvedAt,
  notified_at: incident.notifiedAt,
  acknowledged_at: incident.acknowledgedAt,
  acknowledged_by: incident.acknowledgedBy,
})
