import type { LogRecord } from './log-record.ts'
import type { LogStore } from './log-store.ts'

/** Keeps rows in memory; for tests. */
export function createMemoryLogStore(): LogStore {
  const records = new Map<string, LogRecord>()
  return {
    insert: async (batch) => {
      for (const record of batch) if (!records.has(record.id)) records.set(record.id, record)
    },
    list: async ({ orgId, limit, cursor, gatewayId }) => {
      const matching = [...records.values()]
        .filter((record) => record.org_id === orgId && (gatewayId === undefined || record.gateway_id === gatewayId))
        .filter((record) => cursor === undefined || record.id < cursor)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      const data = matching.slice(0, limit)
      return { data, next_cursor: matching.length > limit ? (data.at(-1)?.id ?? null) : null }
    },
    find: async (orgId, id) => {
      const record = records.get(id)
      return record?.org_id === orgId ? record : undefined
    },
    patch: async (orgId, id, change) => {
      const record = records.get(id)
      if (record?.org_id === orgId) records.set(id, { ...record, ...change })
    },
  }
}
