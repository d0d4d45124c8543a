import { expect, test } from 'vitest'
import type { LogRecord } from '../logs/log-record.ts'
import { createMemoryAlertEventStore } from './create-memory-alert-event-store.ts'
import { createMemoryAlertStores } from './create-memory-alert-stores.ts'
import { createMemoryRequestFacts } from './create-memory-request-facts.ts'
import { testAlertEventStore } from './test-alert-event-store.ts'
import { testAlertStores, testRequestFacts } from './test-alert-stores.ts'

testAlertEventStore(async () => createMemoryAlertEventStore(), { test, expect })
testAlertStores(async () => createMemoryAlertStores(), { test, expect })
testRequestFacts(
  async () => {
    const rows: LogRecord[] = []
    return { facts: createMemoryRequestFacts(() => rows), insert: async (records) => void rows.push(...records) }
  },
  { test, expect },
)
