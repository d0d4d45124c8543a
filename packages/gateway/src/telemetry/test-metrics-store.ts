import type { TestRunner } from '@gw/keys/testing'
import { recordOf } from '../analytics/record-of.ts'
import type { LogRecord } from '../logs/log-record.ts'
import type { MetricsStore } from './metrics-store.ts'

interface WithMetrics {
  metrics: MetricsStore
  insert(records: readonly LogRecord[]): Promise<void>
}

/** 2026-11-18 11:00:00 UTC. */
const eleven = Date.UTC(2026, 10, 18, 11)

/** The contract of every `MetricsStore`. `create` returns one without requests that knows `acme` and `other`. */
export function testMetricsStore(create: () => Promise<WithMetrics>, { test, expect }: TestRunner): void {
  test('usage is of all organisations, by provider and by how it ended', async () => {
    const { metrics, insert } = await create()
    await insert([
      recordOf('old', eleven - 1),
      recordOf('a', eleven, { duration_ms: 50, cost_nano_usd: 7, usage: { input: 3, cache_read: 1, output: 2 } }),
      recordOf('b', eleven + 1, { org_id: 'other', duration_ms: 51, cost_nano_usd: null, usage: {} }),
      recordOf('c', eleven + 2, { error_type: 'timeout', duration_ms: 120_001, cost_nano_usd: 0, usage: {} }),
      recordOf('d', eleven + 2, { provider: null, error_type: null, duration_ms: 1, cost_nano_usd: 0, usage: {} }),
    ])
    const none = { inputTokens: 0, outputTokens: 0, costNanoUsd: 0 }
    const counts = (first: number, others: number): number[] => [first, ...Array.from({ length: 15 }, () => others)]
    expect(await metrics.byProvider(eleven + 1_800_000)).toEqual([
      { provider: '', errorType: '', requests: 1, ...none, durationMs: 1, durationCounts: counts(1, 1) },
      {
        provider: 'openai',
        errorType: '',
        requests: 2,
        inputTokens: 4,
        outputTokens: 2,
        costNanoUsd: 7,
        durationMs: 101,
        durationCounts: counts(1, 2),
      },
      {
        provider: 'openai',
        errorType: 'timeout',
        requests: 1,
        ...none,
        durationMs: 120_001,
        durationCounts: counts(0, 0),
      },
    ])
  })
}
