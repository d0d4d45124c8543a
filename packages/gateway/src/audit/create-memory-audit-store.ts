import type { AuditEntry, AuditStore } from './audit-store.ts'

/** Changes that are forgotten when the process ends. */
export function createMemoryAuditStore(): AuditStore {
  const entries: AuditEntry[] = []
  return {
    add: async (entry) => void entries.push(entry),
    list: async ({ orgId, limit, cursor, from = 0, to = Infinity, actor, action = '' }) =>
      entries
        .filter((entry) => entry.orgId === orgId && entry.at >= from && entry.at < to)
        .filter(({ actor: who }) => actor === undefined || (who.id ?? who.kind) === actor)
        .filter((entry) => entry.action.includes(action) && (cursor === undefined || entry.id < cursor))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit + 1),
  }
}
