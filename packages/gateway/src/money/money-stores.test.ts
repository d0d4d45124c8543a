import { describe, expect, test } from 'vitest'
import { createMemoryAlertEventStore } from '../alerts/create-memory-alert-event-store.ts'
import { testAlertEventStore } from '../alerts/test-alert-event-store.ts'
import { createMemoryBudgetStore } from '../budgets/create-memory-budget-store.ts'
import { testBudgetStore } from '../budgets/test-budget-store.ts'
import { createMemoryPriceStore } from './create-memory-price-store.ts'
import { testPriceStore } from './test-price-store.ts'

const runner = { test, expect }

describe('budgets in memory', () => {
  testBudgetStore(async () => createMemoryBudgetStore(), runner)
})
describe('prices in memory', () => {
  testPriceStore(async () => createMemoryPriceStore(), runner)
})
describe('alert events in memory', () => {
  testAlertEventStore(async () => createMemoryAlertEventStore(), runner)
})
