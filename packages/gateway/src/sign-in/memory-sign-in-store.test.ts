import { expect, test } from 'vitest'
import { createMemorySignInStore } from './create-memory-sign-in-store.ts'
import { testSignInStore } from './test-sign-in-store.ts'

testSignInStore(async () => createMemorySignInStore(), { test, expect })
