import type { LogRecord } from './log-record.ts'
import { matchesFilter, matchesSearch } from './matches-filter.ts'
import type { LogCount, LogQuery, LogStore, NewCost, PricedRow } from './log-store.ts'

/** What costs nothing whatever the prices are. */
const unpriced: ReadonlySet<LogRecord['usage_source']> = new Set(['free_failed', 'cached'])

/** Keeps rows in memory; for tests. */
export function createMemoryLogStore(records = new Map<string, LogRecord>()): LogStore {
  return {
    insert: async (batch) => {
      for (const record of batch) if (!records.has(record.id)) records.set(record.id, record)
    },
    list: async ({ limit, ...query }) => {
      const matching = matchingIn(records, query)
      const data = matching.slice(0, limit)
      return { data, next_cursor: matching.length > limit ? (data.at(-1)?.id ?? null) : null }
    },
    histogram: async ({ bucketMs, ...query }) => {
      const counts = new Map<number, LogCount>()
      for (const { created_at, success } of matchingIn(records, query)) {
        const at = created_at - (created_at % bucketMs)
        const { ok, error } = counts.get(at) ?? { ok: 0, error: 0 }
        counts.set(at, { at, ok: ok + Number(success), error: error + Number(!success) })
      }
      return [...counts.values()].toSorted((a, b) => a.at - b.at)
    },
    find: async (orgId, id) => {
      const record = records.get(id)
      return record?.org_id === orgId ? record : undefined
    },
    patch: async (orgId, id, change) => {
      const record = records.get(id)
      if (record?.org_id === orgId) records.set(id, { ...record, ...change })
    },
    remove: async (orgId, ids) => {
      const found = ids.filter((id) => records.get(id)?.org_id === orgId)
      for (const id of found) records.delete(id)
      return found.length
    },
    listPriced: async ({ orgId, from, to, limit, cursor = '' }) => {
      const matching = [...records.values()]
        .filter(
          ({ org_id, id, created_at }) => org_id === orgId && id > cursor && created_at >= from && created_at < to,
        )
        .filter(({ provider, model, usage_source }) => provider && model && !unpriced.has(usage_source))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      const data = matching.slice(0, limit).map(toPricedRow)
      return { data, next_cursor: matching.length > limit ? (data.at(-1)?.id ?? null) : null }
    },
    reprice: async (orgId, costs, at) => {
      for (const { id, ...cost } of costs) {
        const record = records.get(id)
        if (record?.org_id === orgId) records.set(id, withCost(record, cost, at))
      }
    },
  }
}

/** Newest first. */
function matchingIn(records: ReadonlyMap<string, LogRecord>, query: Omit<LogQuery, 'limit'>): LogRecord[] {
  const { orgId, cursor, gatewayId, from = 0, to = Infinity, filters = [], search = '' } = query
  return [...records.values()]
    .filter((record) => record.org_id === orgId && (gatewayId === undefined || record.gateway_id === gatewayId))
    .filter((record) => cursor === undefined || record.id < cursor)
    .filter(({ created_at }) => created_at >= from && created_at < to)
    .filter((record) => filters.every((filter) => matchesFilter(record, filter)) && matchesSearch(record, search))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
}

function toPricedRow(record: LogRecord): PricedRow {
  const { id, created_at, provider, model, usage, usage_source, cost_nano_usd, bill, price_version } = record
  return { id, created_at, provider, model, usage, usage_source, cost_nano_usd, bill, price_version }
}

/** The last attempt is the one that answered. */
function withCost(record: LogRecord, cost: Omit<NewCost, 'id'>, at: number): LogRecord {
  const last = record.attempts.at(-1)
  return {
    ...record,
    ...cost,
    repriced_at: at,
    previous_cost_nano_usd: record.repriced_at === null ? record.cost_nano_usd : record.previous_cost_nano_usd,
    attempts: last ? [...record.attempts.slice(0, -1), { ...last, cost_nano_usd: cost.cost_nano_usd }] : [],
  }
}
