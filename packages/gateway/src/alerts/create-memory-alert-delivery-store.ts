import type { AlertDelivery, AlertDeliveryStore } from './alert-delivery.ts'

/** Deliveries in memory; for tests. */
export function createMemoryAlertDeliveryStore(): AlertDeliveryStore {
  const deliveries = new Map<string, AlertDelivery>()
  const queued = (orgId: string | null): AlertDelivery[] =>
    [...deliveries.values()]
      .filter((delivery) => delivery.orgId === orgId && delivery.status === 'queued')
      .toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
  return {
    add: async (added) => {
      for (const delivery of added) if (!deliveries.has(delivery.id)) deliveries.set(delivery.id, delivery)
    },
    listDue: async (orgId, now, limit) =>
      queued(orgId)
        .filter(({ dueAt }) => dueAt <= now)
        .slice(0, limit),
    nextDueAt: async (orgId) => queued(orgId)[0]?.dueAt,
    update: async (delivery) => void deliveries.set(delivery.id, delivery),
    list: async ({ orgId, limit, incidentId }) =>
      [...deliveries.values()]
        .filter((delivery) => delivery.orgId === orgId)
        .filter((delivery) => incidentId === undefined || delivery.incidentId === incidentId)
        .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        .slice(0, limit),
    listWaiting: async (now) => {
      const due = [...deliveries.values()].filter(({ status, dueAt }) => status === 'queued' && dueAt <= now)
      return [...new Set(due.map(({ orgId }) => orgId))].toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
    },
    prune: async (before) => {
      for (const [id, { finishedAt }] of deliveries)
        if (finishedAt !== null && finishedAt < before) deliveries.delete(id)
    },
  }
}
