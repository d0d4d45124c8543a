import type { LogRecord } from '../logs/log-record.ts'
import type { AlertFilter } from './alert-rule.ts'
import type { RequestFacts, RequestQuery } from './request-facts.ts'

const hourMs = 3_600_000

/** Looks at rows that are in memory; for tests. */
export function createMemoryRequestFacts(rows: () => readonly LogRecord[]): RequestFacts {
  const since = ({ orgId, filter, from }: RequestQuery): LogRecord[] =>
    rows().filter((row) => (orgId === null || row.org_id === orgId) && row.created_at >= from && matches(row, filter))
  return {
    spend: async (query) =>
      since({ ...query, from: hourOf(query.from) }).reduce((sum, row) => sum + (row.cost_nano_usd ?? 0), 0),
    failures: async ({ now, errorType, ...query }) => {
      const from = now - query.from > hourMs ? hourOf(query.from) : query.from
      const found = since({ ...query, from })
      const failed = found.filter(({ error_type: type }) => type !== null && (errorType === null || type === errorType))
      return { requests: found.length, errors: failed.length }
    },
    lastRequestAt: async (query) => {
      const times = since(query).map(({ created_at }) => created_at)
      return times.length === 0 ? undefined : Math.max(...times)
    },
  }
}

const hourOf = (at: number): number => at - (at % hourMs)

function matches(row: LogRecord, filter: AlertFilter): boolean {
  return (
    (filter.gateway_id === undefined || row.gateway_id === filter.gateway_id) &&
    (filter.provider === undefined || row.provider === filter.provider) &&
    (filter.model === undefined || row.model === filter.model) &&
    (filter.user_id === undefined || row.user_id === filter.user_id) &&
    (filter.gateway_key_id === undefined || row.gateway_key_id === filter.gateway_key_id)
  )
}
