import { alertEventId, type AlertEvent, type AlertEventStore } from './alert-event.ts'

/** Events in memory; for tests. */
export function createMemoryAlertEventStore(): AlertEventStore {
  const events = new Map<string, AlertEvent>()
  const of = (orgId: string | null): AlertEvent[] =>
    [...events.values()].filter((event) => event.orgId === orgId).toSorted((a, b) => b.at - a.at)
  return {
    add: async (event) => {
      const id = alertEventId(event)
      if (!events.has(id)) events.set(id, event)
    },
    list: async (orgId, limit) => of(orgId).slice(0, limit),
    listSince: async (orgId, since) => of(orgId).filter(({ at }) => at >= since),
    prune: async (before) => {
      for (const [id, { at }] of events) if (at < before) events.delete(id)
    },
  }
}
