import { describe, expect, test } from 'vitest'
import { createCachedGatewayStore } from './create-cached-gateway-store.ts'
import { createMemoryGatewayStore } from './create-memory-gateway-store.ts'
import { testGatewayStore } from './test-gateway-store.ts'

const runner = { test, expect }

describe('gateways in memory', () => {
  testGatewayStore(async () => createMemoryGatewayStore(), runner)
})

describe('gateways behind the cache', () => {
  testGatewayStore(async () => createCachedGatewayStore(createMemoryGatewayStore(), { now: () => 0 }), runner)
})
