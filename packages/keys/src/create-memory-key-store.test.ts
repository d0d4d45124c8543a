import { expect, test } from 'vitest'
import { createMemoryKeyStore } from './create-memory-key-store.ts'
import { testKeyStore } from './testing.ts'

testKeyStore(async () => createMemoryKeyStore(), { test, expect })
