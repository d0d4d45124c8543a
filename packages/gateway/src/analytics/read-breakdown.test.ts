import { expect, test } from 'vitest'
import { createMemoryLogStore } from '../logs/create-memory-log-store.ts'
import { createMemoryAnalyticsStore } from './create-memory-analytics-store.ts'
import { readBreakdown } from './read-breakdown.ts'
import { recordOf } from './record-of.ts'

test('the rest is right for any number of groups', async () => {
  const logs = createMemoryLogStore()
  const rows = Array.from({ length: 1005 }, (_, index) =>
    recordOf(String(index), 7_200_000, { cost_nano_usd: index, metadata: { customer: `c${index}` } }),
  )
  await logs.insert([...rows, recordOf('none', 7_200_000, { cost_nano_usd: 5000 })])
  const query = { orgId: 'acme', from: 0, to: 10_800_000, filters: [], orderBy: 'cost', limit: 2 } as const
  const analytics = createMemoryAnalyticsStore({ logs })
  // 1002, 1001, … 0: all but the two largest.
  const { data, other } = await readBreakdown(analytics, { ...query, groupBy: 'metadata.customer' })
  expect(data.map(({ value }) => value)).toEqual(['c1004', 'c1003'])
  expect([other?.requests, other?.cost_nano_usd]).toEqual([1003, (1002 * 1003) / 2])
  expect((await readBreakdown(analytics, { ...query, groupBy: 'provider' })).other).toBe(null)
})
