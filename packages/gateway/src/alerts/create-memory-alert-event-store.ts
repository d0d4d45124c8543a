import { alertEventId, type AlertEvent, type AlertEventStore } from './alert-event.ts'

/** Events in memory; for tests. */
export function createMemoryAlertEventStore(): AlertEventStore {
  const events = new Map<string, AlertEvent>()
  return {
    add: async (event) => {
      const id = alertEventId(event)
      if (!events.has(id)) events.set(id, event)
    },
    list: async (orgId, limit) =>
      [...events.values()]
        .filter((event) => event.orgId === orgId)
        .toSorted((a, b) => b.at - a.at)
        .slice(0, limit),
  }
}
