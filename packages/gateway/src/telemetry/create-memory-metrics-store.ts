import { durationBounds } from '../analytics/histogram-bounds.ts'
import type { LogRecord } from '../logs/log-record.ts'
import type { MetricsStore, ProviderUsage } from './metrics-store.ts'
import { tokensOf } from './tokens-of.ts'

/** Looks at rows that are in memory; for tests. */
export function createMemoryMetricsStore(rows: () => readonly LogRecord[] = () => []): MetricsStore {
  return {
    byProvider: async (from) => {
      const groups = new Map<string, LogRecord[]>()
      for (const row of rows()) {
        const key = JSON.stringify([row.provider ?? '', row.error_type ?? ''])
        if (row.created_at >= from - (from % 3_600_000)) groups.set(key, [...(groups.get(key) ?? []), row])
      }
      return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => toUsage(group))
    },
  }
}

function toUsage(rows: readonly LogRecord[]): ProviderUsage {
  const [first] = rows
  const sum = (of: (row: LogRecord) => number): number => rows.reduce((total, row) => total + of(row), 0)
  return {
    provider: first?.provider ?? '',
    errorType: first?.error_type ?? '',
    requests: rows.length,
    inputTokens: sum(({ usage }) => tokensOf(usage).input ?? 0),
    outputTokens: sum(({ usage }) => tokensOf(usage).output ?? 0),
    costNanoUsd: sum(({ cost_nano_usd }) => cost_nano_usd ?? 0),
    durationMs: sum(({ duration_ms }) => duration_ms),
    durationCounts: durationBounds.map((bound) => sum(({ duration_ms }) => Number(duration_ms <= bound))),
  }
}
