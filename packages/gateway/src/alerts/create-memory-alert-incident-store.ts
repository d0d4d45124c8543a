import { stateOf, type AlertIncident, type AlertIncidentStore } from './alert-incident.ts'
import type { Severity } from './alert-rule.ts'

/** Incidents in memory; for tests. */
export function createMemoryAlertIncidentStore(): AlertIncidentStore {
  const incidents = new Map<string, AlertIncident>()
  const of = (orgId: string | null): AlertIncident[] =>
    [...incidents.values()].filter((incident) => incident.orgId === orgId)
  const find = (orgId: string | null, id: string): AlertIncident | undefined =>
    of(orgId).find((incident) => incident.id === id)
  return {
    listSince: async (orgId, since) =>
      of(orgId).filter(({ resolvedAt, updatedAt }) => resolvedAt === null || updatedAt >= since),
    list: async ({ orgId, limit, state, after }) =>
      of(orgId)
        .filter((incident) => state === undefined || stateOf(incident) === state)
        .filter((incident) => after === undefined || compare(after, incident) < 0)
        .toSorted(compare)
        .slice(0, limit),
    find: async (orgId, id) => find(orgId, id),
    save: async (incident) => {
      const { acknowledgedAt, acknowledgedBy } = incidents.get(incident.id) ?? incident
      incidents.set(incident.id, { ...incident, acknowledgedAt, acknowledgedBy })
    },
    clearNotice: async (id, notices) => {
      const incident = incidents.get(id)
      if (incident?.notices === notices) incidents.set(id, { ...incident, notice: null })
    },
    acknowledge: async (orgId, id, { name, at }) => {
      const incident = find(orgId, id)
      if (!incident || incident.resolvedAt !== null) return false
      incidents.set(id, { ...incident, acknowledgedAt: at, acknowledgedBy: name })
      return true
    },
    countOpen: async () => count([...incidents.values()].filter(({ resolvedAt }) => resolvedAt === null)),
    prune: async (before) => {
      for (const [id, { resolvedAt }] of incidents) if (resolvedAt !== null && resolvedAt < before) incidents.delete(id)
    },
  }
}

/** The one that began last first. */
function compare(a: Pick<AlertIncident, 'createdAt' | 'id'>, b: Pick<AlertIncident, 'createdAt' | 'id'>): number {
  return b.createdAt - a.createdAt || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1)
}

function count(open: readonly AlertIncident[]) {
  const counts = new Map<string, { orgId: string | null; severity: Severity; incidents: number }>()
  for (const { orgId, severity } of open) {
    const key = JSON.stringify([orgId, severity])
    counts.set(key, { orgId, severity, incidents: (counts.get(key)?.incidents ?? 0) + 1 })
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted)
}
