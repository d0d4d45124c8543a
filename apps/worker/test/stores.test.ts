import { createDbKeyStore, createDbLogStore, type Database, type LogRecord } from '@gw/gateway'
import { testKeyStore } from '@gw/keys/testing'
import { env } from 'cloudflare:test'
import { Kysely } from 'kysely'
import { D1Dialect } from 'kysely-d1'
import { describe, expect, test } from 'vitest'

const db = new Kysely<Database>({ dialect: new D1Dialect({ database: env.DB }) })

describe('key store on D1', () => {
  testKeyStore(
    async () => {
      await db.deleteFrom('gateway_keys').execute()
      await db
        .insertInto('orgs')
        .values([
          { id: 'acme', name: 'Acme', created_at: 0 },
          { id: 'other', name: 'Other', created_at: 0 },
        ])
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return createDbKeyStore(db)
    },
    { test, expect },
  )
})

const record = (id: string, change: Partial<LogRecord> = {}): LogRecord => ({
  id,
  org_id: 'acme',
  user_id: null,
  gateway_id: 'default',
  gateway_key_id: 'k',
  event_id: id,
  created_at: 1_795_000_000_000,
  surface: 'chat-completions',
  path: '/v1/chat/completions',
  requested_model: 'openai/gpt-5',
  provider: 'openai',
  model: 'gpt-5',
  stream: true,
  status_code: 200,
  success: true,
  error_type: null,
  ending: 'complete',
  step: 0,
  cache_status: null,
  duration_ms: 12,
  ttft_ms: 7,
  usage: { input: 10, output: 5 },
  usage_source: 'reported',
  cost_nano_usd: 62_500,
  bill: [{ class: 'input', quantity: 10, unit: 'tokens', unit_price_nano_usd: 1, unit_price_per: 1, nano_usd: 10 }],
  price_version: 'v',
  key_source: 'environment',
  metadata: { team: 'a', paid: true },
  warnings: ['top_k'],
  feedback: null,
  score: null,
  attempts: [
    {
      attempt: 1,
      step: 0,
      provider: 'openai',
      model: 'gpt-5',
      status_code: 200,
      error_type: null,
      error_code: null,
      key_source: 'environment',
      started_at: 1,
      duration_ms: 9,
    },
  ],
  ...change,
})

describe('log store on D1', () => {
  const store = createDbLogStore(db)

  test('a row comes back as it went in', async () => {
    await store.insert([record('a1')])
    expect(await store.find('acme', 'a1')).toEqual(record('a1'))
  })

  test('a batch that arrives twice leaves one row and one attempt each', async () => {
    await store.insert([record('b1'), record('b2')])
    await store.insert([record('b1', { cost_nano_usd: 999 }), record('b2'), record('b3')])
    const { data } = await store.list({ orgId: 'acme', limit: 1000 })
    expect(
      data
        .filter(({ id }) => id.startsWith('b'))
        .map(({ id, cost_nano_usd, attempts }) => [id, cost_nano_usd, attempts.length]),
    ).toEqual([
      ['b3', 62_500, 1],
      ['b2', 62_500, 1],
      ['b1', 62_500, 1],
    ])
  })

  test('no organisation sees the rows of another', async () => {
    await store.insert([record('c1')])
    expect(await store.find('other', 'c1')).toBe(undefined)
    expect((await store.list({ orgId: 'other', limit: 10 })).data).toEqual([])
  })

  test('a judgement changes its own fields of its own organisation’s row', async () => {
    await store.insert([record('f1')])
    await store.patch('other', 'f1', { feedback: -1, score: 1, metadata: {} })
    expect(await store.find('acme', 'f1')).toEqual(record('f1'))
    await store.patch('acme', 'f1', { feedback: 1 })
    await store.patch('acme', 'f1', { metadata: { rated: true } })
    expect(await store.find('acme', 'f1')).toEqual(record('f1', { feedback: 1, metadata: { rated: true } }))
  })

  test('pages by cursor, newest first', async () => {
    await store.insert(['d1', 'd2', 'd3'].map((id) => record(id, { org_id: 'other' })))
    const first = await store.list({ orgId: 'other', limit: 2 })
    expect([first.data.map(({ id }) => id), first.next_cursor]).toEqual([['d3', 'd2'], 'd2'])
    const second = await store.list({ orgId: 'other', limit: 2, cursor: 'd2' })
    expect([second.data.map(({ id }) => id), second.next_cursor]).toEqual([['d1'], null])
  })

  test('a batch larger than D1 takes parameters is written', async () => {
    const many = Array.from({ length: 250 }, (_, index) => record(`e${String(index).padStart(3, '0')}`))
    await store.insert(many)
    expect((await store.find('acme', 'e249'))?.id).toBe('e249')
  })
})
