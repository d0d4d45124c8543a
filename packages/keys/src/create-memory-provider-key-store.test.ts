import { expect, test } from 'vitest'
import { createMemoryProviderKeyStore } from './create-memory-provider-key-store.ts'
import { testProviderKeyStore } from './testing.ts'

testProviderKeyStore(async () => createMemoryProviderKeyStore(), { test, expect })
