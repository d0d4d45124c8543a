import { expect, test } from 'vitest'
import { createMemoryLogStore } from './create-memory-log-store.ts'
import { testLogStore } from './test-log-store.ts'

testLogStore(async () => createMemoryLogStore(), { test, expect })
