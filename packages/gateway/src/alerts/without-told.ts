import type { AlertEvent } from './alert-event.ts'
import type { AlertIncident } from './alert-incident.ts'

/** An incident comes after the notes that it is about; no rule looks further back. */
const longestMs = 24 * 3_600_000

/** Notes that no incident is about. */
export function withoutTold(notes: readonly AlertEvent[], incidents: readonly AlertIncident[]): AlertEvent[] {
  return notes.filter(
    ({ kind, subject, at }) =>
      !incidents.some(
        (incident) =>
          incident.kind === kind &&
          incident.subject === subject &&
          at >= incident.createdAt - longestMs &&
          at <= (incident.resolvedAt ?? Infinity),
      ),
  )
}
