import { expect, test } from 'vitest'
import { createMemoryAnalyticsStore } from '../analytics/create-memory-analytics-store.ts'
import { createMemoryUsageUpkeep } from '../analytics/create-memory-usage-upkeep.ts'
import { recordOf } from '../analytics/record-of.ts'
import { createMemoryLogStore } from '../logs/create-memory-log-store.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { now, refused, startAdmin } from './__fixtures__/start-admin.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
const hour = Math.floor(now / hourMs) * hourMs
const defaults = { org_id: 'default' }

async function start(...records: LogRecord[]) {
  const rows = new Map<string, LogRecord>()
  const logs = createMemoryLogStore(rows)
  await logs.insert(records)
  const control = { analytics: createMemoryAnalyticsStore({ logs }), upkeep: createMemoryUsageUpkeep(rows) }
  return { ...(await startAdmin({ control, deps: { logs } })), logs, rows }
}

const filtersOf = (...filters: object[]): string => `filters=${encodeURIComponent(JSON.stringify(filters))}`

test('sums up a period, and the one before it', async () => {
  const { get } = await start(
    recordOf('a', now, { ...defaults, duration_ms: 40 }),
    recordOf('b', now, { ...defaults, model: 'other', cost_nano_usd: 7 }),
    recordOf('c', hour - hourMs, { ...defaults, success: false, error_type: 'timeout' }),
    recordOf('d', hour - 2 * hourMs, defaults),
    recordOf('e', now, { org_id: 'acme' }),
  )
  const { body } = await get(`analytics/summary?from=${hour}&to=${now + 1}`)
  expect(body).toMatchObject({
    from: hour,
    to: hour + hourMs,
    current: { requests: 2, errors: 0, cost_nano_usd: 107, duration_ms: { p50: 25, p95: 48, p99: 50 }, ttft_ms: null },
    previous: { requests: 1, errors: 1 },
  })
  const model = filtersOf({ key: 'model', operator: 'eq', value: ['other'] })
  expect((await get(`analytics/summary?from=${hour}&to=${now}&${model}`)).body).toMatchObject({
    current: { requests: 1, cost_nano_usd: 7 },
    previous: { requests: 0, duration_ms: null },
  })
})

test('makes a series by the hour of short periods and by the day of long ones, with the rest as other', async () => {
  const records = Array.from({ length: 10 }, (_, index) =>
    recordOf(`m${index}`, now - index * dayMs, { ...defaults, model: `m${index}`, cost_nano_usd: 10 - index }),
  )
  const { get } = await start(...records)
  expect((await get('analytics/series')).body).toMatchObject({
    bucket: 'hour',
    data: [{ at: hour, group: null, requests: 1, cost_nano_usd: 10 }],
  })
  const { body } = await get(`analytics/series?from=${now - 9 * dayMs}&to=${now}&group_by=model`)
  const today = Math.floor(now / dayMs) * dayMs
  expect(body).toMatchObject({
    bucket: 'day',
    data: [
      { at: today - 9 * dayMs, group: 'other', requests: 1 },
      { at: today - 8 * dayMs, group: 'other', requests: 1 },
      { group: 'm7' },
      { group: 'm6' },
      { group: 'm5' },
      { group: 'm4' },
      { group: 'm3' },
      { group: 'm2' },
      { group: 'm1' },
      { at: today, group: 'm0', cost_nano_usd: 10 },
    ],
  })
})

test('breaks down by a dimension or by metadata, with the rest', async () => {
  const { get } = await start(
    recordOf('a', now, { ...defaults, metadata: { team: 'ads' }, cost_nano_usd: 5 }),
    recordOf('b', now, { ...defaults, metadata: { team: 'search' }, cost_nano_usd: 9, provider: 'groq' }),
    recordOf('c', now, { ...defaults, cost_nano_usd: 100, provider: null }),
  )
  expect((await get('analytics/breakdown?group_by=provider&limit=2&order_by=cost')).body).toMatchObject({
    data: [
      { value: '', cost_nano_usd: 100 },
      { value: 'groq', cost_nano_usd: 9 },
    ],
    other: { requests: 1, cost_nano_usd: 5, duration_ms: { p50: 25 } },
  })
  expect((await get('analytics/breakdown?group_by=metadata.team')).body).toMatchObject({
    data: [
      { value: 'search', cost_nano_usd: 9, duration_ms: null },
      { value: 'ads', cost_nano_usd: 5 },
    ],
    other: null,
  })
})

test('lists the values of a key, and the names of metadata', async () => {
  const { get } = await start(
    recordOf('a', now, { ...defaults, metadata: { team: 'ads' } }),
    recordOf('b', now, defaults),
    recordOf('c', now - 2 * dayMs, { ...defaults, provider: 'groq' }),
  )
  expect((await get('analytics/values?key=provider')).body).toEqual({ data: [{ value: 'openai', requests: 2 }] })
  expect((await get('analytics/values?key=metadata')).body).toEqual({ data: [{ value: 'team', requests: 1 }] })
  expect((await get('analytics/values?key=metadata.team')).body).toEqual({ data: [{ value: 'ads', requests: 1 }] })
})

test('forecasts the month from what it has cost and the last seven full days', async () => {
  // The 18th, 11:06:40 UTC; 12.537 days are left. Fourteen full days at 1000 each, and today so far 600.
  const days = Array.from({ length: 14 }, (_, index) =>
    recordOf(`d${index}`, now - (index + 1) * dayMs, { ...defaults, cost_nano_usd: 1000 }),
  )
  const { get } = await start(...days, recordOf('today', now - hourMs, { ...defaults, cost_nano_usd: 600 }))
  expect((await get('analytics/forecast')).body).toEqual({
    month_to_date_nano_usd: 14_600,
    forecast_nano_usd: 14_600 + 12_537,
    from: Date.UTC(2026, 10, 1),
    to: Date.UTC(2026, 11, 1),
  })
})

test('days before the first request do not count, days without requests do', async () => {
  const one = (name: string, daysAgo: number) =>
    recordOf(name, now - daysAgo * dayMs, { ...defaults, cost_nano_usd: 700 })
  const forecastOf = async (...records: LogRecord[]) => (await (await start(...records)).get('analytics/forecast')).body
  // Two full days, of which one has requests.
  expect(await forecastOf(one('a', 2))).toMatchObject({ forecast_nano_usd: 700 + Math.round(350 * 12.537_037) })
  // Seven full days, of which one has requests; it was there before.
  expect(await forecastOf(one('a', 2), one('b', 9))).toMatchObject({ forecast_nano_usd: 1400 + 1254 })
})

test.each([
  [`summary?from=${now}&to=${now - dayMs}`, 'to: must be later than from'],
  [`summary?from=0&to=${now}`, 'from: a period has at most 400 days'],
  [`series?from=${now - 40 * dayMs}&to=${now}&bucket=hour`, 'Use bucket=day'],
  ['series?group_by=surface', 'group_by: roll-ups do not have "surface". Use one of gateway_id'],
  ['breakdown', 'group_by: is missing'],
  ['values?key=cost', 'key: roll-ups do not have "cost"'],
  ['summary?filters=x', 'filters: is no JSON'],
  [`summary?${filtersOf({ key: 'model', operator: 'eq', value: [] })}`, 'filters'],
  [`summary?${filtersOf({ key: 'duration_ms', operator: 'gt', value: [5] })}`, 'or GET /api/logs'],
  [`summary?${filtersOf({ key: 'model', operator: 'gt', value: ['a'] })}`, 'roll-ups do not know gt'],
  [
    `breakdown?group_by=model&${filtersOf({ key: 'metadata.team', operator: 'eq', value: ['a'] })}`,
    'an entry of metadata stands alone',
  ],
  [
    `summary?${filtersOf({ key: 'model', operator: 'contains', value: Array.from({ length: 21 }, () => 'a') })}`,
    'at most 20 texts',
  ],
])('refuses %s', async (path, words) => {
  const { get } = await start()
  expect(await get(`analytics/${path}`)).toMatchObject(refused(400, 'invalid_request', words))
})

test('rebuilds roll-ups in steps, and not those whose rows are gone', async () => {
  const { post, control } = await start()
  const period = { from: now - 60 * dayMs, to: now }
  const first = await post('backfill', period)
  expect(first.body).toMatchObject({ rebuilt_hours: 40 * 24 - 11 })
  expect(await post('backfill', { ...period, cursor: first.body['next_cursor'] })).toMatchObject({
    body: { rebuilt_hours: 20 * 24 + 12, next_cursor: null },
  })
  await control.upkeep.deleteRows({ before: now - 30 * dayMs, limit: 1 })
  expect(await post('backfill', period)).toMatchObject(
    refused(400, 'invalid_request', 'Begin at 2026-10-19T12:00:00.000Z or later'),
  )
  expect(await post('backfill', { from: now, to: now })).toMatchObject(
    refused(400, 'invalid_request', 'to: must be later'),
  )
})

test('demo data comes and goes at once, and leaves everything else', async () => {
  const { post, remove, get, rows } = await start(recordOf('a', now, defaults))
  expect(await post('demo-data', {})).toMatchObject({ status: 201, body: { gateway_id: 'demo', rows: 500 } })
  expect(await post('demo-data', {})).toMatchObject(refused(409, 'conflict', 'DELETE /api/demo-data'))
  expect((await get('analytics/breakdown?group_by=metadata.demo')).body).toMatchObject({ data: [{ value: 'true' }] })
  expect(await remove('demo-data')).toMatchObject({ status: 200, body: { rows: 500 } })
  expect([...rows.values()].map(({ gateway_id }) => gateway_id)).toEqual(['default'])
  expect((await post('demo-data', {})).status).toBe(201)
})

test('a gateway "demo" of one’s own is not taken for demo data', async () => {
  const { post, put, remove, rows } = await start(recordOf('a', now, { ...defaults, gateway_id: 'demo' }))
  await put('gateways/demo', { settings: {} })
  expect(await post('demo-data', {})).toMatchObject(refused(409, 'conflict', 'needs another name'))
  expect(await remove('demo-data')).toMatchObject(refused(409, 'conflict', 'were not made up'))
  expect(rows.size).toBe(1)
  expect(await post('demo-data', { org_id: 'nobody' })).toMatchObject({ status: 404 })
})
