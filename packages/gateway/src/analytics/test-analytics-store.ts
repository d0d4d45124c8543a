import type { TestRunner } from '@gw/keys/testing'
import type { LogRecord } from '../logs/log-record.ts'
import type { LogStore } from '../logs/log-store.ts'
import type { AnalyticsStore } from './analytics-store.ts'
import { recordOf } from './record-of.ts'
import { toTotals } from './to-totals.ts'

interface Subject {
  analytics: AnalyticsStore
  logs: Pick<LogStore, 'insert' | 'reprice'>
}

/** Two in the afternoon of a UTC day. */
const [hourMs, dayMs] = [3_600_000, 86_400_000]
const day = 20_776 * dayMs
const all = { orgId: 'acme', from: day - 10 * dayMs, to: day + 10 * dayMs, filters: [] }

/** The contract of every `AnalyticsStore`. `create` returns a store over rows, of which there are none yet. */
export function testAnalyticsStore(create: () => Promise<Subject>, runner: TestRunner): void {
  const over = async (...records: LogRecord[]): Promise<AnalyticsStore> => {
    const { analytics, logs } = await create()
    await logs.insert(records)
    return analytics
  }
  testTotals(over, runner)
  testPeriods(over, runner)
  testFilters(over, runner)
  testGroups(over, runner)
  testMetadata(over, runner)
  testNewCosts(create, runner)
}

type Over = (...records: LogRecord[]) => Promise<AnalyticsStore>

function testTotals(over: Over, { test, expect }: TestRunner): void {
  test('adds up requests of one organisation, with their latency', async () => {
    const store = await over(
      recordOf('a', day, { duration_ms: 80, ttft_ms: 40, usage: { input: 10, cache_read: 5, output: 7 } }),
      recordOf('b', day, { duration_ms: 100, ttft_ms: 60, cost_nano_usd: null, unchecked: true }),
      recordOf('c', day, { success: false, error_type: 'timeout', duration_ms: 500_000, milli_neurons: 7 }),
      recordOf('d', day, { cache_status: 'HIT', saved_nano_usd: 30, saved_ms: 900, duration_ms: 1, cost_nano_usd: 0 }),
      recordOf('e', day, { org_id: 'other', cost_nano_usd: 1_000_000 }),
    )
    expect(await store.totals(all)).toEqual({
      requests: 4,
      errors: 1,
      cached: 1,
      unpriced: 1,
      unchecked: 1,
      input_tokens: 45,
      output_tokens: 22,
      cost_nano_usd: 200,
      saved_nano_usd: 30,
      saved_ms: 900,
      milli_neurons: 7,
      duration_counts: [1, ...Array.from({ length: 15 }, () => 3)],
      ttft_counts: [1, ...Array.from({ length: 11 }, () => 2)],
      ttft_requests: 2,
    })
  })

  test('no requests are no usage', async () => {
    const store = await over()
    expect(toTotals(await store.totals(all))).toEqual({
      requests: 0,
      errors: 0,
      cached: 0,
      unpriced: 0,
      unchecked: 0,
      input_tokens: 0,
      output_tokens: 0,
      cost_nano_usd: 0,
      saved_nano_usd: 0,
      saved_ms: 0,
      milli_neurons: 0,
      duration_ms: null,
      ttft_ms: null,
    })
    expect(await store.series({ ...all, bucket: 'day' })).toEqual([])
    expect(await store.breakdown({ ...all, groupBy: 'model', orderBy: 'cost', limit: 5 })).toEqual([])
  })
}

function testPeriods(over: Over, { test, expect }: TestRunner): void {
  const rows = [-25, -24, -1, 0, 13, 23, 24, 47, 48].map((hours) => recordOf(`h${hours}`, day + hours * hourMs + 7))
  const requestsOf = async (store: AnalyticsStore, from: number, to: number): Promise<number> =>
    (await store.totals({ ...all, from: day + from * hourMs, to: day + to * hourMs })).requests

  test('counts exactly the hours of a period, whole days and the hours at its ends', async () => {
    const store = await over(...rows)
    expect(await requestsOf(store, -25, 49)).toBe(9)
    expect(await requestsOf(store, -24, 48)).toBe(7)
    expect(await requestsOf(store, -1, 24)).toBe(4)
    expect(await requestsOf(store, 13, 14)).toBe(1)
    expect(await requestsOf(store, 14, 23)).toBe(0)
    expect(await requestsOf(store, 14, 48)).toBe(3)
  })

  test('makes points of hours and of UTC days, parts of days too', async () => {
    const store = await over(...rows)
    const query = { ...all, from: day - hourMs, to: day + 25 * hourMs }
    const pointsOf = async (bucket: 'hour' | 'day') =>
      (await store.series({ ...query, bucket })).map(({ at, group, usage }) => [
        (at - day) / hourMs,
        group,
        usage.requests,
      ])
    expect(await pointsOf('hour')).toEqual([-1, 0, 13, 23, 24].map((hours) => [hours, null, 1]))
    expect(await pointsOf('day')).toEqual([
      [-24, null, 1],
      [0, null, 3],
      [24, null, 1],
    ])
  })
}

function testFilters(over: Over, { test, expect }: TestRunner): void {
  const rows = [
    recordOf('a', day, { provider: 'openai', model: 'gpt-5', user_id: 'ann' }),
    recordOf('b', day, { provider: 'openai', model: 'GPT-5-mini', user_id: 'bob' }),
    recordOf('c', day, { provider: 'anthropic', model: 'claude', user_id: null }),
    recordOf('d', day, { provider: null, model: null, success: false, error_type: 'invalid_request', user_id: 'ann' }),
  ]
  const eq = (key: 'provider' | 'model' | 'user_id', ...values: string[]) => ({ key, operator: 'eq' as const, values })
  const cases = [
    ['any of the values', [eq('provider', 'openai', 'anthropic')], 3],
    ['none of the values', [{ ...eq('provider', 'openai', 'anthropic'), operator: 'neq' as const }], 1],
    ['a part of the value in any case', [{ ...eq('model', 'gpt-', 'clau'), operator: 'contains' as const }], 3],
    ['what has none', [eq('user_id', '')], 1],
    ['several filters together', [eq('user_id', 'ann'), eq('provider', 'openai')], 1],
    ['no wildcards', [{ ...eq('model', 'gpt%'), operator: 'contains' as const }], 0],
    ['no SQL', [eq('provider', `' OR 1 = 1 --`)], 0],
  ] as const
  for (const [title, filters, requests] of cases) {
    test(`filters by ${title}`, async () => {
      const store = await over(...rows)
      expect((await store.totals({ ...all, filters })).requests).toBe(requests)
    })
  }
}

function testGroups(over: Over, { test, expect }: TestRunner): void {
  const rows = [
    recordOf('a', day, { model: 'large', cost_nano_usd: 70 }),
    recordOf('b', day, { model: 'small', cost_nano_usd: 20 }),
    recordOf('c', day + dayMs, { model: 'small', cost_nano_usd: 20, usage: { input: 1000 } }),
    recordOf('d', day + dayMs, { model: 'free', cost_nano_usd: 0, success: false, error_type: 'timeout' }),
  ]
  const orders = [
    ['cost', ['large', 'small']],
    ['requests', ['small', 'free']],
    ['errors', ['free', 'small']],
    ['tokens', ['small', 'free']],
    ['saved', ['small', 'free']],
  ] as const
  test('breaks down by a dimension in any order, the first ones alone', async () => {
    const store = await over(...rows)
    const found = await Promise.all(
      orders.map(async ([orderBy, _]) => {
        const groups = await store.breakdown({ ...all, from: day, groupBy: 'model', orderBy, limit: 2 })
        return [orderBy, groups.map(({ value }) => value)]
      }),
    )
    expect(found).toEqual(orders)
    const [small] = await store.breakdown({ ...all, groupBy: 'model', orderBy: 'requests', limit: 1 })
    expect([small?.usage.requests, small?.usage.cost_nano_usd, small?.usage.duration_counts.at(-1)]).toEqual([2, 40, 2])
  })

  test('makes points of groups, those that are not named as one', async () => {
    const store = await over(...rows)
    const query = { ...all, bucket: 'day' as const, groupBy: 'model' as const }
    const pointsOf = async (groups?: string[]) =>
      (await store.series({ ...query, groups })).map(({ at, group, usage }) => [at - day, group, usage.cost_nano_usd])
    expect(await pointsOf()).toEqual([
      [0, 'large', 70],
      [0, 'small', 20],
      [dayMs, 'free', 0],
      [dayMs, 'small', 20],
    ])
    expect(await pointsOf(['large'])).toEqual([
      [0, null, 20],
      [0, 'large', 70],
      [dayMs, null, 20],
    ])
  })

  test('lists the values of a dimension', async () => {
    const store = await over(...rows)
    const query = { ...all, from: day, to: day + 2 * dayMs, limit: 2, orderBy: 'requests' as const }
    expect(await store.values({ ...query, key: 'model' })).toEqual([
      { value: 'small', requests: 2 },
      { value: 'free', requests: 1 },
    ])
    expect(await store.values({ ...query, orgId: 'other', key: 'model' })).toEqual([])
    const byCost = await store.values({ ...query, key: 'model', orderBy: 'cost' })
    expect(byCost.map(({ value }) => value)).toEqual(['large', 'small'])
    const failed = { key: 'error_type', operator: 'eq', values: ['timeout'] } as const
    expect(await store.values({ ...query, key: 'model', filters: [failed] })).toEqual([{ value: 'free', requests: 1 }])
  })
}

function testMetadata(over: Over, { test, expect }: TestRunner): void {
  const rows = [
    recordOf('a', day, { metadata: { team: 'search', paid: true, none: null } }),
    recordOf('b', day, { metadata: { team: 'ads', seats: 7 } }),
    recordOf('c', day + hourMs, { metadata: { team: 'ads' }, gateway_id: 'second', cost_nano_usd: 5 }),
    recordOf('d', day, { metadata: { team: `${'é'.repeat(128)}and more` } }),
    recordOf('e', day, {}),
    recordOf('f', day, { org_id: 'other', metadata: { team: 'ads', secret: 'x' } }),
  ]
  const ads = { key: 'metadata.team', operator: 'eq', values: ['ads'] } as const

  test('breaks down by an entry of metadata, long values cut off, without latency', async () => {
    const store = await over(...rows)
    const groups = await store.breakdown({ ...all, groupBy: 'metadata.team', orderBy: 'requests', limit: 9 })
    expect(groups.map(({ value, usage }) => [value, usage.requests])).toEqual([
      ['ads', 2],
      ['search', 1],
      ['é'.repeat(128), 1],
    ])
    expect(groups.map(({ usage }) => toTotals(usage).duration_ms)).toEqual([null, null, null])
    const paid = await store.breakdown({ ...all, groupBy: 'metadata.paid', orderBy: 'cost', limit: 9 })
    expect(paid.map(({ value }) => value)).toEqual(['true'])
  })

  test('filters by an entry of metadata, and by the gateway with it', async () => {
    const store = await over(...rows)
    expect((await store.totals({ ...all, filters: [ads] })).cost_nano_usd).toBe(105)
    const second = { key: 'gateway_id', operator: 'eq', values: ['second'] } as const
    expect((await store.totals({ ...all, filters: [ads, second] })).cost_nano_usd).toBe(5)
    const others = { ...ads, operator: 'neq' as const }
    expect((await store.totals({ ...all, filters: [others] })).requests).toBe(2)
  })

  test('makes points of an entry of metadata', async () => {
    const store = await over(...rows)
    const query = { ...all, from: day + hourMs, to: day + 2 * hourMs, groupBy: 'metadata.team' as const }
    const points = await store.series({ ...query, bucket: 'hour' })
    expect(points.map(({ at, group, usage }) => [at - day, group, usage.requests])).toEqual([[hourMs, 'ads', 1]])
  })

  test('lists values and names of metadata', async () => {
    const store = await over(...rows)
    const query = { ...all, from: day, to: day + hourMs, limit: 9, orderBy: 'requests' as const }
    expect(await store.values({ ...query, key: 'metadata.team' })).toEqual([
      { value: 'ads', requests: 1 },
      { value: 'search', requests: 1 },
      { value: 'é'.repeat(128), requests: 1 },
    ])
    expect(await store.values({ ...query, key: 'metadata' })).toEqual([
      { value: 'team', requests: 4 },
      { value: 'paid', requests: 1 },
      { value: 'seats', requests: 1 },
    ])
    expect(await store.values({ ...query, from: day + dayMs, to: day + 2 * dayMs, key: 'metadata' })).toEqual([])
  })
}

function testNewCosts(create: () => Promise<Subject>, { test, expect }: TestRunner): void {
  test('follows costs that change, at every level and by metadata', async () => {
    const { analytics, logs } = await create()
    await logs.insert([
      recordOf('a', day, { metadata: { team: 'ads' } }),
      recordOf('b', day, { metadata: { team: 'ads' }, cost_nano_usd: null }),
    ])
    const cost = { bill: [], price_version: 'new' }
    await logs.reprice('acme', [{ id: recordOf('a', day).id, cost_nano_usd: 3, ...cost }], 1)
    await logs.reprice('acme', [{ id: recordOf('b', day).id, cost_nano_usd: 4, ...cost }], 1)
    const ads = { key: 'metadata.team', operator: 'eq', values: ['ads'] } as const
    const queries = [all, { ...all, filters: [ads] }, { ...all, from: day, to: day + hourMs }].flatMap((query) => [
      query,
      { ...query, from: day, to: day + hourMs },
    ])
    const found = await Promise.all(queries.map((query) => analytics.totals(query)))
    expect(found.map(({ cost_nano_usd, unpriced }) => [cost_nano_usd, unpriced])).toEqual(queries.map(() => [7, 0]))
  })
}
