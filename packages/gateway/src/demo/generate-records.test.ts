import { expect, test } from 'vitest'
import { demoShape } from './demo-shape.ts'
import { generateRecords } from './generate-records.ts'

const dayMs = 86_400_000
const traffic = { seed: 7, from: 20_000 * dayMs, to: 20_007 * dayMs, count: 500, shape: demoShape('acme') }

test('makes exactly so many rows within the period, in order, each with an id of its own that sorts alike', () => {
  const records = [...generateRecords(traffic)]
  const times = records.map(({ created_at }) => created_at)
  const ids = records.map(({ id }) => id)
  expect(records).toHaveLength(500)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(ids).toEqual([...new Set(ids)].toSorted())
  expect(Math.min(...times)).toBeGreaterThanOrEqual(traffic.from)
  expect(Math.max(...times)).toBeLessThan(traffic.to)
})

test('is the same for the same seed, and another for another', () => {
  expect([...generateRecords(traffic)]).toEqual([...generateRecords(traffic)])
  expect([...generateRecords({ ...traffic, seed: 8 })]).not.toEqual([...generateRecords(traffic)])
})

test('bills add up, failures cost nothing, and answers from the cache say what they saved', () => {
  const records = [...generateRecords(traffic)]
  const priced = records.filter(({ bill }) => bill.length > 0)
  expect(priced.map(({ bill }) => bill.reduce((sum, { nano_usd }) => sum + nano_usd, 0))).toEqual(
    priced.map(({ cost_nano_usd }) => cost_nano_usd),
  )
  const failed = records.filter(({ success }) => !success)
  expect(failed.length).toBeGreaterThan(5)
  expect(new Set(failed.map(({ cost_nano_usd }) => cost_nano_usd))).toEqual(new Set([0]))
  const hits = records.filter(({ cache_status }) => cache_status === 'HIT')
  expect(hits.length).toBeGreaterThan(5)
  expect(hits.every(({ saved_ms }) => typeof saved_ms === 'number' && saved_ms > 0)).toBe(true)
})

test('everything is in the gateway and says that it is made up', () => {
  const records = [...generateRecords(traffic)]
  expect(new Set(records.map(({ gateway_id, metadata }) => `${gateway_id} ${String(metadata['demo'])}`))).toEqual(
    new Set(['demo true']),
  )
})
