import { expect, test } from 'vitest'
import { createMemoryLogStore } from '../logs/create-memory-log-store.ts'
import { createMemoryAnalyticsStore } from './create-memory-analytics-store.ts'
import { testAnalyticsStore } from './test-analytics-store.ts'

testAnalyticsStore(
  async () => {
    const logs = createMemoryLogStore()
    return { logs, analytics: createMemoryAnalyticsStore({ logs }) }
  },
  { test, expect },
)
