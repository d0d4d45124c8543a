import { expect, test } from 'vitest'
import type { LogRecord } from '../logs/log-record.ts'
import { createMemoryMetricsStore } from './create-memory-metrics-store.ts'
import { testMetricsStore } from './test-metrics-store.ts'

testMetricsStore(
  async () => {
    const rows: LogRecord[] = []
    return { metrics: createMemoryMetricsStore(() => rows), insert: async (records) => void rows.push(...records) }
  },
  { test, expect },
)
