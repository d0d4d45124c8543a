import type { TestRunner } from '@gw/keys/testing'
import type { LogFilter } from './log-filter.ts'
import type { LogRecord } from './log-record.ts'
import type { LogStore } from './log-store.ts'

/** The contract of every `LogStore` as to costs that change. `create` returns an empty store. */
export function testLogStore(create: () => Promise<LogStore>, runner: TestRunner): void {
  testPeriod(create, runner)
  testFilters(create, runner)
  testCounts(create, runner)
  testPricedRows(create, runner)
  testNewCosts(create, runner)
}

function testPeriod(create: () => Promise<LogStore>, { test, expect }: TestRunner): void {
  test('lists the rows of a period, newest first', async () => {
    const store = await create()
    await store.insert([
      recordOf('00000000-03e7-7000', { created_at: 999 }),
      recordOf('00000000-03e8-7000', { created_at: 1000 }),
      recordOf('00000000-07cf-7000', { created_at: 1999 }),
      recordOf('00000000-07d0-7000', { created_at: 2000 }),
      recordOf('00000000-05dc-7000', { created_at: 1500, org_id: 'other' }),
    ])
    const { data } = await store.list({ orgId: 'acme', limit: 10, from: 1000, to: 2000 })
    expect(data.map(({ created_at }) => created_at)).toEqual([1999, 1000])
  })
}

async function fill(create: () => Promise<LogStore>): Promise<LogStore> {
  const store = await create()
  await store.insert([
    recordOf('a', { provider: 'openai', model: 'gpt-5', cost_nano_usd: 20_000_000, duration_ms: 900 }),
    recordOf('b', {
      provider: 'anthropic',
      model: 'claude-5',
      success: false,
      error_type: 'rate_limit',
      status_code: 429,
    }),
    recordOf('c', { provider: null, model: null, cost_nano_usd: null, metadata: { team: 'Search', beta: true } }),
    recordOf('d', {
      provider: 'openai',
      model: 'GPT-5-mini',
      stream: true,
      usage: { input: 7, cache_read: 3, output: 1 },
    }),
    recordOf('e', { org_id: 'other', provider: 'openai' }),
  ])
  return store
}

/** Filters, and the rows that fulfil them. */
const filterCases: readonly [name: string, filter: LogFilter, ids: string][] = [
  ['one value', { key: 'provider', operator: 'eq', value: ['openai'] }, 'da'],
  ['several values', { key: 'provider', operator: 'eq', value: ['anthropic', null] }, 'cb'],
  ['none of the values, rows without any among them', { key: 'provider', operator: 'neq', value: ['openai'] }, 'cb'],
  ['a part, whatever its case', { key: 'model', operator: 'contains', value: ['gPt-5'] }, 'da'],
  ['what failed', { key: 'status', operator: 'eq', value: ['error'] }, 'b'],
  ['a number above', { key: 'cost', operator: 'gt', value: [0.01] }, 'a'],
  ['a number below', { key: 'status_code', operator: 'lt', value: [400] }, 'dca'],
  ['tokens of all classes', { key: 'input_tokens', operator: 'lt', value: [11] }, 'dcba'],
  ['a switch', { key: 'stream', operator: 'eq', value: [true] }, 'd'],
  ['metadata', { key: 'metadata.team', operator: 'eq', value: ['Search'] }, 'c'],
  ['a switch in metadata', { key: 'metadata.beta', operator: 'eq', value: [true] }, 'c'],
  ['no text that a switch is', { key: 'metadata.beta', operator: 'contains', value: [true] }, ''],
  ['no switch above another', { key: 'stream', operator: 'gt', value: [false] }, ''],
  ['a value that is not there', { key: 'error_type', operator: 'contains', value: [null] }, ''],
  ['a name that could be a path', { key: 'metadata."]\\.x', operator: 'neq', value: [null] }, ''],
  ['a name that everything has', { key: 'metadata.constructor', operator: 'neq', value: [null] }, ''],
  ['a name that could be SQL', { key: `metadata.x') OR 1=1 --`, operator: 'eq', value: ['y'] }, ''],
]

function testFilters(create: () => Promise<LogStore>, { test, expect }: TestRunner): void {
  for (const [name, filter, ids] of filterCases) {
    test(`lists rows with ${name}`, async () => {
      const { data } = await (await fill(create)).list({ orgId: 'acme', limit: 10, filters: [filter] })
      expect(data.map(({ id }) => id).join('')).toBe(ids)
    })
  }

  test('any number of values and words is asked for at once', async () => {
    const store = await fill(create)
    const value = ['openai', ...Array.from({ length: 99 }, (_, index) => `p${index}`)]
    const keys = ['provider', 'metadata.a', 'metadata.b', 'model', 'path'] as const
    const filters = keys.map((key): LogFilter => ({ key, operator: key === 'provider' ? 'eq' : 'neq', value }))
    const search = Array.from({ length: 100 }, () => 'g').join(' ')
    const { data } = await store.list({ orgId: 'acme', limit: 10, filters, search })
    expect(data.map(({ id }) => id)).toEqual(['d', 'a'])
    expect(data).toEqual((await store.list({ orgId: 'acme', limit: 10, filters: filters.slice(0, 1) })).data)
  })

  test('all filters and all words hold together', async () => {
    const store = await fill(create)
    const filters: LogFilter[] = [{ key: 'provider', operator: 'eq', value: ['openai'] }]
    const found = await store.list({ orgId: 'acme', limit: 10, filters, search: 'MINI  gpt' })
    expect(found.data.map(({ id }) => id)).toEqual(['d'])
    expect((await store.list({ orgId: 'acme', limit: 10, search: 'search' })).data.map(({ id }) => id)).toEqual(['c'])
    const first = await store.list({ orgId: 'acme', limit: 1, filters })
    expect([first.data.map(({ id }) => id), first.next_cursor]).toEqual([['d'], 'd'])
    const second = await store.list({ orgId: 'acme', limit: 1, filters, cursor: 'd' })
    expect([second.data.map(({ id }) => id), second.next_cursor]).toEqual([['a'], null])
  })
}

function testCounts(create: () => Promise<LogStore>, { test, expect }: TestRunner): void {
  test('counts rows in parts of a period, by how they ended', async () => {
    const store = await create()
    const rows = [
      { created_at: 60_000 },
      { created_at: 119_999, success: false },
      { created_at: 120_000, provider: 'anthropic' },
      { created_at: 130_000 },
      { created_at: 600_000 },
    ]
    await store.insert(rows.map((row) => recordOf(idAt(row.created_at), row)))
    const query = { orgId: 'acme', from: 0, to: 600_000, bucketMs: 60_000 }
    expect(await store.histogram(query)).toEqual([
      { at: 60_000, ok: 1, error: 1 },
      { at: 120_000, ok: 2, error: 0 },
    ])
    const filters: LogFilter[] = [{ key: 'provider', operator: 'eq', value: ['anthropic'] }]
    expect(await store.histogram({ ...query, filters })).toEqual([{ at: 120_000, ok: 1, error: 0 }])
  })

  test('removes rows of the organisation alone', async () => {
    const store = await fill(create)
    expect(await store.remove('acme', ['a', 'e', 'nothing'])).toBe(1)
    expect(await store.find('acme', 'a')).toBe(undefined)
    expect((await store.find('other', 'e'))?.id).toBe('e')
  })
}

function testPricedRows(create: () => Promise<LogStore>, { test, expect }: TestRunner): void {
  test('lists what has a price to have, in pages, oldest first, of the organisation and time alone', async () => {
    const store = await create()
    await store.insert([
      recordOf('r3'),
      recordOf('r1'),
      recordOf('r2', { cost_nano_usd: null, bill: [], price_version: null }),
      recordOf('r4', { org_id: 'other' }),
      recordOf('r5', { usage_source: 'free_failed' }),
      recordOf('r6', { model: null }),
      recordOf('r7', { provider: null }),
      recordOf('r0', { usage_source: 'cached' }),
      recordOf('r8', { created_at: 999 }),
      recordOf('r9', { created_at: 2000 }),
    ])
    const query = { orgId: 'acme', from: 1000, to: 2000, limit: 2 }
    const first = await store.listPriced(query)
    expect([first.data.map(({ id }) => id), first.next_cursor]).toEqual([['r1', 'r2'], 'r2'])
    expect(first.data[1]).toEqual({
      id: 'r2',
      created_at: 1000,
      provider: 'openai',
      model: 'gpt-5',
      usage: { input: 10, output: 5 },
      usage_source: 'reported',
      cost_nano_usd: null,
      bill: [],
      price_version: null,
    })
    const second = await store.listPriced({ ...query, cursor: 'r2' })
    expect([second.data.map(({ id }) => id), second.next_cursor]).toEqual([['r3'], null])
  })
}

function testNewCosts(create: () => Promise<LogStore>, { test, expect }: TestRunner): void {
  const bill = [
    { class: 'input', quantity: 10, unit: 'tokens', unit_price_nano_usd: 2, unit_price_per: 1, nano_usd: 20 },
  ]
  const newCost = (id: string, nanoUsd: number) => ({ id, cost_nano_usd: nanoUsd, bill, price_version: 'new' })

  test('a new cost replaces the old one, which the row keeps, and no other row changes', async () => {
    const store = await create()
    await store.insert([recordOf('a'), recordOf('b')])
    await store.reprice('acme', [newCost('a', 20)], 7)
    const attempts = recordOf('a').attempts.map((attempt, index) =>
      index === 1 ? { ...attempt, cost_nano_usd: 20 } : attempt,
    )
    expect(await store.find('acme', 'a')).toEqual(
      recordOf('a', {
        cost_nano_usd: 20,
        bill,
        price_version: 'new',
        repriced_at: 7,
        previous_cost_nano_usd: 100,
        attempts,
      }),
    )
    expect(await store.find('acme', 'b')).toEqual(recordOf('b'))
  })

  test('the first cost is kept through any number of changes, an unknown one too', async () => {
    const store = await create()
    await store.insert([recordOf('a'), recordOf('b', { cost_nano_usd: null })])
    await store.reprice('acme', [newCost('a', 20), newCost('b', 30)], 7)
    await store.reprice('acme', [newCost('a', 40), newCost('b', 50)], 8)
    const figures = await Promise.all(
      ['a', 'b'].map(async (id) => {
        const row = await store.find('acme', id)
        return [row?.cost_nano_usd, row?.previous_cost_nano_usd, row?.repriced_at]
      }),
    )
    expect(figures).toEqual([
      [40, 100, 8],
      [50, null, 8],
    ])
  })

  test('no organisation changes the rows of another', async () => {
    const store = await create()
    await store.insert([recordOf('a')])
    await store.reprice('other', [newCost('a', 20), newCost('none', 1)], 7)
    expect(await store.find('acme', 'a')).toEqual(recordOf('a'))
    await store.reprice('acme', [], 7)
  })
}

const failedAttempt = {
  step: 0,
  provider: 'openai',
  model: 'gpt-5',
  error_type: null,
  error_code: null,
  key_source: 'environment',
  provider_key_id: null,
  usage: {},
  usage_source: 'free_failed',
  cost_nano_usd: 0,
  started_at: 1,
  duration_ms: 9,
} as const

function recordOf(id: string, change: Partial<LogRecord> = {}): LogRecord {
  return {
    id,
    org_id: 'acme',
    user_id: null,
    gateway_id: 'default',
    gateway_key_id: 'k',
    event_id: id,
    created_at: 1000,
    surface: 'chat-completions',
    path: '/v1/chat/completions',
    requested_model: 'openai/gpt-5',
    provider: 'openai',
    model: 'gpt-5',
    stream: false,
    status_code: 200,
    success: true,
    error_type: null,
    ending: 'complete',
    step: 0,
    cache_status: null,
    saved_nano_usd: null,
    saved_ms: null,
    duration_ms: 12,
    ttft_ms: null,
    usage: { input: 10, output: 5 },
    usage_source: 'reported',
    cost_nano_usd: 100,
    charged_nano_usd: 100,
    milli_neurons: null,
    bill: [],
    price_version: 'old',
    key_source: 'environment',
    provider_key_id: null,
    unchecked: false,
    metadata: {},
    warnings: [],
    routing: { strategy: 'balanced', fallbacks: [{ from: 'a/b', error_type: 'timeout', to: 'c/d' }] },
    feedback: null,
    score: null,
    repriced_at: null,
    previous_cost_nano_usd: null,
    attempts: [
      { ...failedAttempt, attempt: 1, status_code: 500 },
      { ...failedAttempt, attempt: 2, status_code: 200, usage_source: 'reported', cost_nano_usd: 100 },
    ],
    ...change,
  }
}

/** An id that was made at a time, as far as its first 48 bits say. */
function idAt(ms: number): string {
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000`
}
