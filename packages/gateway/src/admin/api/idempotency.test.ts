import { expect, test } from 'vitest'
import { startAdmin } from '../__fixtures__/start-admin.ts'
import { createMemoryIdempotencyStore } from './create-memory-idempotency-store.ts'
import type { IdempotencyStore } from './idempotency.ts'
import { testIdempotencyStore } from './test-idempotency-store.ts'

testIdempotencyStore(async () => createMemoryIdempotencyStore(), { test, expect })

async function start(change: Partial<IdempotencyStore>) {
  const admin = await startAdmin({ control: { idempotency: { ...createMemoryIdempotencyStore(), ...change } } })
  const make = async (body: object) => {
    const response = await admin.app.request('/api/budgets', {
      method: 'POST',
      headers: { authorization: 'Bearer admin', 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: JSON.stringify(body),
    })
    return response.status
  }
  return { ...admin, make }
}

const budget = { name: 'b', scope: 'org', period: 'day', limit_usd: 1 }
const fail = async () => {
  throw new Error('down')
}

test('what was done is answered although its answer cannot be kept, and is not done again', async () => {
  const { make, get, reports } = await start({ finish: fail })
  expect(await make(budget)).toBe(201)
  expect(await make(budget)).toBe(409)
  expect((await get('budgets')).body['data']).toHaveLength(1)
  expect(reports).toHaveLength(1)
})

test('a refusal stays what it was although the key cannot be made free', async () => {
  const { make } = await start({ release: fail })
  expect(await make({ ...budget, scope: 'gateway', scope_id: 'none' })).toBe(400)
})
