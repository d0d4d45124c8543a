import { expect, test } from 'vitest'
import type { PricedRow } from '../logs/log-store.ts'
import { reprice } from './reprice.ts'

const row: PricedRow = {
  id: 'r',
  created_at: 1_795_000_000_000,
  provider: 'mirror',
  model: 'gpt-4o-mini',
  usage: { input: 10, output: 2 },
  usage_source: 'reported',
  cost_nano_usd: null,
  bill: [],
  price_version: null,
}
const none = { provider: undefined, prices: [] }

test('a provider that has the prices of another is priced as that one', () => {
  const provider = { id: 'mirror', pricedAs: 'openai' }
  expect(reprice(row, { provider, prices: [] })).toMatchObject({ kind: 'new', cost: { id: 'r', cost_nano_usd: 2700 } })
  expect(reprice(row, { provider: { id: 'mirror' }, prices: [] })).toEqual({ kind: 'unpriced' })
})

test('a provider that is gone is still priced by its name', () => {
  expect(reprice({ ...row, provider: 'openai' }, none)).toMatchObject({ cost: { cost_nano_usd: 2700 } })
})

test('what is priced as it is now stays', () => {
  const first = reprice({ ...row, provider: 'openai' }, none)
  if (first.kind !== 'new') throw new Error('It has a price.')
  expect(reprice({ ...row, provider: 'openai', ...first.cost }, none)).toEqual({ kind: 'same' })
  const older = { ...row, provider: 'openai', ...first.cost, price_version: 'older' }
  expect(reprice(older, none)).toEqual(first)
})

test.each<Partial<PricedRow>>([
  { price_version: 'custom' },
  { price_version: 'provider-receipt' },
  { price_version: 'free' },
  { price_version: 'parts' },
  { usage_source: 'cached' },
  { usage_source: 'free_failed' },
  { usage: {} },
  { usage: { input: 0 } },
  { provider: null },
  { model: null },
])('a row with %j keeps its price', (change) => {
  expect(reprice({ ...row, provider: 'openai', ...change }, none)).toEqual({ kind: 'kept' })
})
