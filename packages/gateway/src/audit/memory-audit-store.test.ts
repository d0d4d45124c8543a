import { expect, test } from 'vitest'
import { createMemoryAuditStore } from './create-memory-audit-store.ts'
import { testAuditStore } from './test-audit-store.ts'

testAuditStore(async () => createMemoryAuditStore(), { test, expect })
