import type { TestRunner } from '@gw/keys/testing'
import type { LogRecord } from './log-record.ts'
import type { LogStore } from './log-store.ts'

/** The contract of every `LogStore` as to costs that change. `create` returns an empty store. */
export function testLogStore(create: () => Promise<LogStore>, runner: TestRunner): void {
  testPeriod(create, runner)
  testPricedRows(create, runner)
  testNewCosts(create, runner)
}

function testPeriod(create: () => Promise<LogStore>, { test, expect }: TestRunner): void {
  test('lists the rows of a period, newest first', async () => {
    const store = await create()
    await store.insert([
      recordOf('p1', { created_at: 999 }),
      recordOf('p2', { created_at: 1000 }),
      recordOf('p3', { created_at: 1999 }),
      recordOf('p4', { created_at: 2000 }),
      recordOf('p5', { created_at: 1500, org_id: 'other' }),
    ])
    const { data } = await store.list({ orgId: 'acme', limit: 10, from: 1000, to: 2000 })
    expect(data.map(({ id }) => id)).toEqual(['p3', 'p2'])
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
