import { createDbAnalyticsStore, createDbLogStore, createDbUsageUpkeep, type LogRecord } from '@gw/gateway'
import { recordOf, testAnalyticsStore } from '@gw/gateway/testing'
import { env } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { createDb } from '../src/create-db.ts'

const db = createDb(env.DB)
const rollUps = ['usage_hourly', 'usage_daily', 'usage_metadata_hourly', 'usage_metadata_daily'] as const
const [hourMs, dayMs] = [3_600_000, 86_400_000]
const day = 20_776 * dayMs

async function begin() {
  for (const table of ['request_logs', 'request_attempts', ...rollUps] as const) await db.deleteFrom(table).execute()
  await db.updateTable('log_retention').set({ deleted_before: 0 }).execute()
  return { logs: createDbLogStore(db), analytics: createDbAnalyticsStore(db), upkeep: createDbUsageUpkeep(db) }
}

/** Every row of every roll-up. */
async function readRollUps(): Promise<Record<string, unknown[]>> {
  const tables = rollUps.map(async (table) => {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all()
    return [table, results] as const
  })
  return Object.fromEntries(await Promise.all(tables))
}

describe('analytics on D1', () => {
  testAnalyticsStore(begin, { test, expect })

  test('every query is one statement that looks up the organisation and the time', async () => {
    const { analytics } = await begin()
    const filters = [{ key: 'model', operator: 'eq', values: ['a'] }] as const
    const byMetadata = [{ key: 'metadata.team', operator: 'eq', values: ['a'] }] as const
    const query = { orgId: 'acme', from: day + hourMs, to: day + 3 * dayMs + hourMs, filters }
    expect((await analytics.totals(query)).requests).toBe(0)
    expect((await analytics.totals({ ...query, filters: byMetadata })).requests).toBe(0)
    const { results } = await env.DB.prepare(
      "EXPLAIN QUERY PLAN SELECT sum(requests) FROM usage_daily WHERE org_id = 'a' AND day >= 1 AND day < 2",
    ).all<{ detail: string }>()
    expect(results.map(({ detail }) => detail)).toEqual([
      'SEARCH usage_daily USING PRIMARY KEY (org_id=? AND day>? AND day<?)',
    ])
  })
})

/** Three days of two organisations, with everything that a row can have. */
function someRecords(): LogRecord[] {
  return Array.from({ length: 240 }, (_, index) =>
    recordOf(String(index).padStart(4, '0'), day + index * 0.3 * hourMs, {
      org_id: index % 6 === 0 ? 'other' : 'acme',
      gateway_id: index % 4 === 0 ? 'demo' : 'default',
      model: `m${index % 5}`,
      user_id: index % 2 === 0 ? null : 'alice',
      success: index % 9 !== 0,
      error_type: index % 9 === 0 ? 'timeout' : null,
      cache_status: index % 3 === 0 ? 'HIT' : 'MISS',
      cost_nano_usd: index % 7 === 0 ? null : 1_000_003 * index,
      saved_nano_usd: index % 3 === 0 ? index : null,
      duration_ms: 37 * index,
      ttft_ms: index % 5 === 0 ? null : 11 * index,
      milli_neurons: index % 8 === 0 ? index : null,
      usage: { input: index, cache_read: 2 * index, output: 3 * index },
      metadata:
        index % 3 === 0 ? {} : { team: `t${index % 4}`, paid: index % 2 === 0, ['a"b.c']: index / 2, none: null },
    }),
  )
}

const cost = (id: string, nanoUsd: number) => ({ id, cost_nano_usd: nanoUsd, bill: [], price_version: 'new' })

async function rebuildAll(orgIds: readonly string[]): Promise<void> {
  const { upkeep } = { upkeep: createDbUsageUpkeep(db) }
  for (const orgId of orgIds) {
    for (let index = 0; index < 4; index += 1) {
      await upkeep.rebuild({ orgId, from: day + index * dayMs, to: day + (index + 1) * dayMs, at: 1 })
    }
  }
}

describe('roll-ups on D1', () => {
  test('are rebuilt from rows to the nano-dollar, whatever was done to them', async () => {
    const { logs } = await begin()
    const records = someRecords()
    await logs.insert(records)
    await logs.insert(records)
    await logs.reprice(
      'acme',
      records.slice(0, 100).map(({ id }, index) => cost(id, 7 * index)),
      1,
    )
    const before = await readRollUps()
    expect(Object.values(before).every((rows) => rows.length > 20)).toBe(true)

    await env.DB.exec('UPDATE usage_hourly SET cost_nano_usd = cost_nano_usd + 1, duration_le_50 = 9')
    await env.DB.exec('DELETE FROM usage_daily')
    await env.DB.exec("UPDATE usage_metadata_hourly SET value = 'x' || value")
    await env.DB.exec('DELETE FROM usage_metadata_daily WHERE requests > 1')
    expect(await readRollUps()).not.toEqual(before)
    await rebuildAll(['acme', 'other'])
    expect(await readRollUps()).toEqual(before)
    await rebuildAll(['acme', 'other'])
    expect(await readRollUps()).toEqual(before)
  })

  test('are rebuilt hour by hour, and leave other hours and organisations alone', async () => {
    const { logs, upkeep } = await begin()
    await logs.insert(someRecords())
    const before = await readRollUps()
    await env.DB.exec('UPDATE usage_hourly SET requests = 99')
    await env.DB.exec('UPDATE usage_daily SET requests = 99')
    await upkeep.rebuild({ orgId: 'acme', from: day + 5 * hourMs, to: day + 7 * hourMs, at: 1 })
    const wrong = await env.DB.prepare('SELECT DISTINCT org_id, hour FROM usage_hourly WHERE requests = 99').all()
    const isRebuilt = (row: unknown): boolean =>
      JSON.stringify(row).includes(`"acme","hour":${day + 5 * hourMs}`) ||
      JSON.stringify(row).includes(`"acme","hour":${day + 6 * hourMs}`)
    expect(wrong.results.length).toBeGreaterThan(100)
    expect(wrong.results.some(isRebuilt)).toBe(false)
    await rebuildAll(['acme', 'other'])
    expect(await readRollUps()).toEqual(before)
  })

  test('follow metadata that is said afterwards', async () => {
    const { logs } = await begin()
    const records = someRecords()
    await logs.insert(records)
    for (const [index, { id, org_id }] of records.slice(0, 40).entries()) {
      await logs.patch(org_id, id, { metadata: index % 2 === 0 ? {} : { team: 'new', rated: index > 20 } })
    }
    const before = await readRollUps()
    await rebuildAll(['acme', 'other'])
    expect(await readRollUps()).toEqual(before)
  })

  test('stay when rows are deleted for their age, in batches; newer rows and their attempts stay too', async () => {
    const { logs, upkeep } = await begin()
    const attempt = {
      attempt: 1,
      step: 0,
      provider: 'openai',
      model: 'gpt-5',
      status_code: 200,
      error_type: null,
      error_code: null,
      key_source: null,
      provider_key_id: null,
      usage: {},
      usage_source: 'reported',
      cost_nano_usd: 1,
      started_at: 1,
      duration_ms: 1,
    } as const
    const records = someRecords().map((record) => ({ ...record, attempts: [attempt] }))
    await logs.insert(records)
    const before = await readRollUps()
    const old = records.filter(({ created_at }) => created_at < day + dayMs).length
    expect(await upkeep.deletedBefore()).toBe(0)
    expect(await upkeep.deleteRows({ before: day + dayMs, limit: 50 })).toBe(50)
    expect(await upkeep.deleteRows({ before: day + dayMs, limit: 50 })).toBe(old - 50)
    expect(await upkeep.deleteRows({ before: day + dayMs, limit: 50 })).toBe(0)
    const counts = await env.DB.prepare(
      'SELECT (SELECT count(*) FROM request_logs) AS logs, (SELECT count(*) FROM request_attempts) AS attempts',
    ).first()
    expect(counts).toEqual({ logs: 240 - old, attempts: 240 - old })
    expect(await upkeep.deletedBefore()).toBe(day + dayMs)
    expect(await readRollUps()).toEqual(before)
  })

  test('lose a gateway that is removed, in batches, and nothing else', async () => {
    const { logs, upkeep } = await begin()
    const records = someRecords()
    await logs.insert(records)
    const query = { orgId: 'acme', gatewayId: 'demo', limit: 30 }
    const demo = records.filter((record) => record.org_id === 'acme' && record.gateway_id === 'demo')
    expect(await upkeep.removeGateway(query)).toBe(30)
    expect(await upkeep.removeGateway(query)).toBe(demo.length - 30)
    const after = await readRollUps()

    const { logs: fresh } = await begin()
    await fresh.insert(records.filter((record) => !demo.includes(record)))
    expect(after).toEqual(await readRollUps())
  })
})

describe('views for people with SQL', () => {
  const rowsOf = async (view: string): Promise<Record<string, unknown>[]> =>
    (await env.DB.prepare(`SELECT * FROM ${view}`).all()).results

  test('tell spend, savings, errors and neurons from the roll-ups alone', async () => {
    const { logs, upkeep } = await begin()
    await logs.insert([
      recordOf('a', day, { user_id: 'ann', provider_key_id: 'pk', cost_nano_usd: 1_500_000_000 }),
      recordOf('b', day, { cache_status: 'HIT', cost_nano_usd: 0, saved_nano_usd: 2_000_000_000, saved_ms: 5 }),
      recordOf('c', day, { cache_status: 'MISS', success: false, error_type: 'timeout', cost_nano_usd: null }),
      recordOf('d', day, { provider: 'workers-ai', model: '@cf/a', milli_neurons: 2500, cost_nano_usd: 0 }),
    ])
    await upkeep.deleteRows({ before: day + dayMs, limit: 10 })
    const spend = { cost_nano_usd: 1_500_000_000, cost_usd: 1.5, errors: 1, unpriced: 1 }
    const openai = { org_id: 'acme', day, day_utc: '2026-11-19', provider: 'openai' }
    expect(await rowsOf('v_spend_hourly')).toMatchObject([
      { org_id: 'acme', hour: day, hour_utc: '2026-11-19T00:00Z', requests: 4, ...spend },
    ])
    expect(await rowsOf('v_spend_by_model')).toMatchObject([
      { ...openai, model: 'gpt-5', requests: 3, ...spend },
      { model: '@cf/a', requests: 1, cost_usd: 0 },
    ])
    expect(await rowsOf('v_spend_by_provider_key')).toMatchObject([
      { ...openai, key_source: 'environment', provider_key_id: '', requests: 2, cost_usd: 0 },
      { ...openai, key_source: 'environment', provider_key_id: 'pk', requests: 1, cost_usd: 1.5 },
      { provider: 'workers-ai' },
    ])
    expect(await rowsOf('v_spend_by_org_user')).toMatchObject([
      { user_id: '', requests: 3, cost_usd: 0 },
      { user_id: 'ann', requests: 1, cost_usd: 1.5 },
    ])
    expect(await rowsOf('v_cache_savings')).toMatchObject([
      { ...openai, model: 'gpt-5', requests: 2, hits: 1, hit_ratio: 0.5, saved_usd: 2, saved_ms: 5 },
    ])
    expect(await rowsOf('v_error_patterns')).toMatchObject([
      { hour: day, provider: 'openai', model: 'gpt-5', error_type: 'timeout', errors: 1 },
    ])
    expect(await rowsOf('v_neurons_daily')).toMatchObject([{ day, model: '@cf/a', requests: 1, neurons: 2.5 }])
  })
})
