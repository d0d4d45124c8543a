import type { LogRecord } from '../logs/log-record.ts'
import type { LogStore } from '../logs/log-store.ts'
import type {
  AnalyticsFilter,
  AnalyticsQuery,
  AnalyticsStore,
  BreakdownOrder,
  UsageGroup,
  ValueCount,
  ValuesQuery,
} from './analytics-store.ts'
import { metadataNameOf } from './metadata-scope.ts'
import { groupOfRecord, usageOfRecord } from './usage-of-record.ts'
import { addUsage, noUsage, type UsageSums } from './usage-sums.ts'

const bucketMs = { hour: 3_600_000, day: 86_400_000 } as const

/** Adds up what a log store in memory has, at every query anew; for tests. */
export function createMemoryAnalyticsStore({ logs }: { logs: Pick<LogStore, 'list'> }): AnalyticsStore {
  const recordsOf = async ({ orgId, from, to }: Pick<AnalyticsQuery, 'orgId' | 'from' | 'to'>) =>
    (await logs.list({ orgId, from, to, limit: Number.MAX_SAFE_INTEGER })).data
  const matchingOf = async (query: AnalyticsQuery): Promise<LogRecord[]> =>
    (await recordsOf(query)).filter((record) => query.filters.every((filter) => matches(record, filter)))
  return {
    totals: async (query) => sumOf(await matchingOf(query), metadataNameOf(query.filters) !== undefined),
    series: async ({ bucket, groupBy, groups, ...query }) => {
      const isOfMetadata = metadataNameOf(query.filters, groupBy) !== undefined
      const points = groupRecords(await matchingOf(query), (record) => {
        const at = record.created_at - (record.created_at % bucketMs[bucket])
        if (groupBy === undefined) return JSON.stringify([at, null])
        const group = groupOfRecord(record, groupBy)
        if (group === undefined) return undefined
        return JSON.stringify([at, groups === undefined || groups.includes(group) ? group : null])
      })
      return [...points]
        .map(([key, records]) => ({ ...parsePoint(key), usage: sumOf(records, isOfMetadata) }))
        .toSorted((a, b) => a.at - b.at || compareTexts(a.group ?? '', b.group ?? ''))
    },
    breakdown: async ({ groupBy, orderBy, limit, ...query }) => {
      const isOfMetadata = metadataNameOf(query.filters, groupBy) !== undefined
      return [...groupRecords(await matchingOf(query), (record) => groupOfRecord(record, groupBy))]
        .map(([value, records]) => ({ value, usage: sumOf(records, isOfMetadata) }))
        .toSorted((a, b) => compareGroups(a, b, orderBy))
        .slice(0, limit)
    },
    values: async ({ limit, ...query }) => {
      const { key, orderBy } = query
      if (key === 'metadata') return countNames(await recordsOf({ ...query, ...wholeDays(query) })).slice(0, limit)
      return [...groupRecords(await matchingOf(query), (record) => groupOfRecord(record, key))]
        .map(([value, records]) => ({ value, usage: sumOf(records, false) }))
        .toSorted((a, b) => compareGroups(a, b, orderBy))
        .slice(0, limit)
        .map(({ value, usage }) => ({ value, requests: usage.requests }))
    },
  }
}

function wholeDays({ from, to }: Pick<ValuesQuery, 'from' | 'to'>): Pick<ValuesQuery, 'from' | 'to'> {
  const { day } = bucketMs
  return { from: Math.floor(from / day) * day, to: Math.ceil(to / day) * day }
}

function countNames(records: readonly LogRecord[]): ValueCount[] {
  const counts = new Map<string, number>()
  for (const { metadata } of records) {
    const names = Object.keys(metadata).filter((name) => metadata[name] !== null)
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, requests]) => ({ value, requests }))
    .toSorted((a, b) => b.requests - a.requests || compareTexts(a.value, b.value))
}

function matches(record: LogRecord, { key, operator, values }: AnalyticsFilter): boolean {
  const group = groupOfRecord(record, key)
  if (group === undefined) return false
  if (operator === 'eq') return values.includes(group)
  if (operator === 'neq') return !values.includes(group)
  return values.some((value) => group.toLowerCase().includes(value.toLowerCase()))
}

function groupRecords(
  records: readonly LogRecord[],
  keyOf: (record: LogRecord) => string | undefined,
): Map<string, LogRecord[]> {
  const groups = new Map<string, LogRecord[]>()
  for (const record of records) {
    const key = keyOf(record)
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return groups
}

function parsePoint(key: string): { at: number; group: string | null } {
  const [at, group]: [number, string | null] = JSON.parse(key)
  return { at, group }
}

/** By metadata, the roll-ups have no latency. */
function sumOf(records: readonly LogRecord[], isOfMetadata: boolean): UsageSums {
  const sum = records.map(usageOfRecord).reduce(addUsage, noUsage)
  return isOfMetadata ? { ...sum, duration_counts: [], ttft_counts: [], ttft_requests: 0 } : sum
}

const amountOf: Readonly<Record<BreakdownOrder, (usage: UsageSums) => number>> = {
  cost: (usage) => usage.cost_nano_usd,
  requests: (usage) => usage.requests,
  errors: (usage) => usage.errors,
  tokens: (usage) => usage.input_tokens + usage.output_tokens,
  saved: (usage) => usage.saved_nano_usd,
}

function compareGroups(a: UsageGroup, b: UsageGroup, order: BreakdownOrder): number {
  const amount = amountOf[order]
  return amount(b.usage) - amount(a.usage) || b.usage.requests - a.usage.requests || compareTexts(a.value, b.value)
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
