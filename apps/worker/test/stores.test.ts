import {
  createCachedGatewayStore,
  createDbAlertEventStore,
  createDbAlertStores,
  createDbAuditStore,
  createDbBudgetStore,
  createDbDynamicRouteStore,
  createDbGatewayStore,
  createDbIdempotencyStore,
  createDbKeyStore,
  createDbLogStore,
  createDbMembershipStore,
  createDbMetricsStore,
  createDbOrgStore,
  createDbPriceStore,
  createDbProviderKeyStore,
  createDbSignInStore,
  createDbTierStore,
  createDbUsageStore,
  createDbUserStore,
  type Database,
  type LogRecord,
} from '@gw/gateway'
import {
  testAlertEventStore,
  testAlertStores,
  testAuditStore,
  testBudgetStore,
  testDynamicRouteStore,
  testGatewayStore,
  testIdempotencyStore,
  testLogStore,
  testMembershipStore,
  testMetricsStore,
  testOrgStore,
  testPriceStore,
  testRequestFacts,
  testSignInStore,
  testTierStore,
  testUserStore,
} from '@gw/gateway/testing'
import {
  createCachedProviderKeyStore,
  createKeyResolver,
  createVault,
  parseMasterKeys,
  rotateMasterKey,
  Secret,
  type ProviderKey,
  type Vault,
} from '@gw/keys'
import { testKeyStore, testProviderKeyStore } from '@gw/keys/testing'
import { env } from 'cloudflare:test'
import { Kysely, type CompiledQuery } from 'kysely'
import { D1Dialect } from 'kysely-d1'
import { describe, expect, test } from 'vitest'
import { createDb } from '../src/create-db.ts'

const db = createDb(env.DB)
const runner = { test, expect }

/** Organisations `acme` and `other`, users `alice` and `bob`, and no keys. */
async function begin(): Promise<void> {
  const tables = [
    'budgets',
    'price_overrides',
    'alert_events',
    'alert_rules',
    'alert_channels',
    'alert_incidents',
    'alert_deliveries',
    'sealed_secrets',
    'gateway_keys',
    'provider_keys',
    'sessions',
    'invitations',
    'sign_ins',
    'audit_log',
    'idempotency_keys',
    'memberships',
    'users',
  ] as const
  for (const table of tables) {
    await db.deleteFrom(table).execute()
  }
  const orgs = ['acme', 'other'].map((id) => ({ id, name: id, created_at: 0 }))
  const users = ['alice', 'bob'].map((id) => ({
    id,
    email: `${id}@example.com`,
    name: id,
    tier_id: null,
    created_at: 0,
  }))
  await db
    .insertInto('orgs')
    .values(orgs)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db.insertInto('users').values(users).execute()
}

async function begun<T>(store: T): Promise<T> {
  await begin()
  return store
}

/** How SQLite looks for the rows of a query. */
async function planOf({ sql, parameters }: CompiledQuery): Promise<string> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...parameters)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail).join('; ')
}

/** The statements that some work sends to the database. */
async function statementsOf(work: (watched: Kysely<Database>) => Promise<unknown>): Promise<CompiledQuery[]> {
  const statements: CompiledQuery[] = []
  const dialect = new D1Dialect({ database: env.DB })
  await work(new Kysely<Database>({ dialect, log: ({ query }) => void statements.push(query) }))
  return statements
}

async function plansOf(work: (watched: Kysely<Database>) => Promise<unknown>): Promise<string[]> {
  const statements = await statementsOf(work)
  return Promise.all(statements.map(planOf))
}

describe('key store on D1', () => {
  testKeyStore(() => begun(createDbKeyStore(db)), runner)

  test('finds a key through the indices of both hashes, and the keys of an organisation through theirs', async () => {
    const [byHash, ofOrg] = await plansOf(async (watched) => {
      await createDbKeyStore(watched).findByHash('hash')
      await createDbKeyStore(watched).list('acme')
    })
    expect(byHash).toMatch(
      /sqlite_autoindex_gateway_keys_\d \(hash=\?\).*gateway_keys_by_previous_hash \(previous_hash=\?\)/,
    )
    expect(ofOrg).toContain('gateway_keys_by_org (org_id=?)')
  })

  test('any number of uses is one statement with one parameter', async () => {
    const uses = Array.from({ length: 500 }, (_, index) => ({ id: `k${index}`, at: index }))
    const statements = await statementsOf((watched) => createDbKeyStore(watched).touch(uses))
    expect(statements.map(({ parameters }) => parameters.length)).toEqual([1])
  })
})

describe('provider key store on D1', () => {
  testProviderKeyStore(() => begun(createDbProviderKeyStore(db)), runner)

  test('finds the keys of all levels through one index', async () => {
    const [plan = ''] = await plansOf((watched) =>
      createDbProviderKeyStore(watched).findFor({
        providerId: 'openai',
        orgId: 'acme',
        userId: 'alice',
        tierId: 'FREE',
      }),
    )
    expect(plan.match(/provider_keys_by_owner \(org_id=\? AND provider_id=\?\)/g)?.length).toBe(2)
    expect(plan).not.toContain('SCAN')
  })

  test('a rotation of the master key reaches every key, through the cache of a resolver too', async () => {
    await begin()
    const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
    const vaultOf = (current: number, previous?: number) => {
      const text = (byte: number): string => btoa(String.fromCharCode(byte).repeat(32))
      const masterKeys = parseMasterKeys(text(current), previous === undefined ? undefined : text(previous))
      return masterKeys && createVault({ masterKeys, random })
    }
    const [before, during, after] = [vaultOf(1), vaultOf(2, 1), vaultOf(2)]
    if (!before || !during || !after) throw new Error('There are master keys.')
    const store = createCachedProviderKeyStore(createDbProviderKeyStore(db), { now: () => 0 })
    const whose = { level: 'org', orgId: 'acme', userId: null, tierId: null, providerId: 'openai' } as const
    for (const id of ['a', 'b', 'c']) {
      const sealed = await before.seal(new Secret('sk-stored'), { orgId: 'acme', providerId: 'openai', recordId: id })
      const about = { alias: 'default', name: id, weight: 1, lastFour: 'ored', disabledAt: null, rejection: null }
      await store.add({ id, ...whose, ...about, sealed, createdAt: 1, updatedAt: 1 })
    }
    const resolve = async (vault: Vault): Promise<string[]> => {
      const resolver = createKeyResolver({ store, vault, env: {}, now: () => 0, random })
      const caller = { gatewayKeyId: 'k', orgId: 'acme', userId: null, scopes: {} }
      const candidates = await resolver.resolve({ providerId: 'openai', caller, tierId: null, envKeys: [] })
      return candidates.map(({ secret }) => secret.reveal())
    }
    const all = ['sk-stored', 'sk-stored', 'sk-stored']
    expect(await resolve(before)).toEqual(all)
    expect(await rotateMasterKey({ store, vault: during, limit: 2 })).toEqual({
      rewrapped: 2,
      remaining: 1,
      unreadable: [],
    })
    expect(await resolve(during)).toEqual(all)
    expect(await rotateMasterKey({ store, vault: during, limit: 2 })).toEqual({
      rewrapped: 1,
      remaining: 0,
      unreadable: [],
    })
    expect(await resolve(after)).toEqual(all)
    expect(await resolve(before)).toEqual([])
  })
})

describe('budgets on D1', () => {
  testBudgetStore(() => begun(createDbBudgetStore(db)), runner)
})
describe('prices on D1', () => {
  testPriceStore(() => begun(createDbPriceStore(db)), runner)
})
describe('alert events on D1', () => {
  testAlertEventStore(() => begun(createDbAlertEventStore(db)), runner)
})

describe('sign-ins on D1', () => {
  testSignInStore(() => begun(createDbSignInStore(db)), runner)
})
describe('audit rows on D1', () => {
  testAuditStore(() => begun(createDbAuditStore(db)), runner)
})
describe('idempotency keys on D1', () => {
  testIdempotencyStore(() => begun(createDbIdempotencyStore(db)), runner)
})

describe('people on D1', () => {
  describe('tiers', () => {
    testTierStore(async () => {
      await db.deleteFrom('tiers').where('id', '=', 'CUSTOM').execute()
      return createDbTierStore(db)
    }, runner)

    test.each(['an organisation', 'a user', 'a provider key'])('a tier that %s has stays', async (who) => {
      await begin()
      const store = createDbTierStore(db)
      await store.add({ id: 'USED', name: 'Used', requestsPerDay: 1, requestsPerMinute: null, tokensPerMinute: null })
      if (who === 'an organisation') await createDbOrgStore(db).update('acme', { tierId: 'USED' })
      if (who === 'a user') await createDbUserStore(db).update('alice', { tierId: 'USED' })
      if (who === 'a provider key')
        await createDbProviderKeyStore(db).add(keyOf({ level: 'system_tier', tierId: 'USED' }))
      expect(await store.remove('USED')).toBe('in_use')

      await createDbOrgStore(db).update('acme', { tierId: 'FREE' })
      await begin()
      expect(await store.remove('USED')).toBe('removed')
    })
  })

  describe('organisations', () => {
    testOrgStore(async () => {
      await db.deleteFrom('orgs').where('id', 'in', ['a', 'b']).execute()
      return createDbOrgStore(db)
    }, runner)

    test('those that were there before tiers have no limit, new ones begin free', async () => {
      expect((await createDbOrgStore(db).find('default'))?.tierId).toBe('BUSINESS')
      await db.deleteFrom('orgs').where('id', '=', 'a').execute()
      await db.insertInto('orgs').values({ id: 'a', name: 'A', created_at: 0 }).execute()
      expect((await createDbOrgStore(db).find('a'))?.tierId).toBe('FREE')
    })
  })

  describe('users', () => {
    testUserStore(async () => {
      await begin()
      await db.deleteFrom('users').execute()
      return createDbUserStore(db)
    }, runner)

    test('memberships and provider keys of a user who is removed go along', async () => {
      await begin()
      const keys = createDbProviderKeyStore(db)
      const memberships = createDbMembershipStore(db)
      await keys.add(keyOf({ level: 'user', orgId: 'acme', userId: 'alice' }))
      for (const userId of ['alice', 'bob']) {
        await memberships.add({ orgId: 'acme', userId, role: 'member', createdAt: 1 })
      }
      expect(await createDbUserStore(db).remove('alice')).toBe(true)
      expect(await keys.list({ orgId: 'acme' })).toEqual([])
      expect((await memberships.list('acme')).map(({ userId }) => userId)).toEqual(['bob'])
    })
  })

  describe('memberships', () => {
    testMembershipStore(() => begun(createDbMembershipStore(db)), runner)

    test('are found through their indices', async () => {
      const plans = await plansOf(async (watched) => {
        await createDbMembershipStore(watched).list('acme')
        await createDbMembershipStore(watched).listOfUser('alice')
      })
      expect(plans.join('; ')).not.toContain('SCAN')
    })
  })
})

/** A provider key that nobody opens. */
function keyOf(change: Partial<ProviderKey>): ProviderKey {
  const whose = { level: 'system', orgId: null, userId: null, tierId: null, providerId: 'openai' } as const
  const about = { alias: 'default', name: 'key', weight: 1, lastFour: 'wxyz', disabledAt: null, rejection: null }
  const sealed = { version: 'aaaaaaaa', dataKey: 'k', text: 't' }
  return { id: 'key', ...whose, ...about, sealed, createdAt: 1, updatedAt: 1, ...change }
}

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
  saved_nano_usd: null,
  saved_ms: null,
  duration_ms: 12,
  ttft_ms: 7,
  usage: { input: 10, output: 5 },
  usage_source: 'reported',
  cost_nano_usd: 62_500,
  charged_nano_usd: 70_000,
  milli_neurons: null,
  bill: [{ class: 'input', quantity: 10, unit: 'tokens', unit_price_nano_usd: 1, unit_price_per: 1, nano_usd: 10 }],
  price_version: 'v',
  key_source: 'environment',
  provider_key_id: null,
  unchecked: true,
  metadata: { team: 'a', paid: true },
  warnings: ['top_k'],
  routing: { strategy: 'cheapest', candidates: 3 },
  feedback: null,
  score: null,
  repriced_at: null,
  previous_cost_nano_usd: null,
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
      provider_key_id: 'pk',
      usage: { input: 10, output: 5 },
      usage_source: 'reported',
      cost_nano_usd: 62_500,
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

describe('gateway store on D1', () => {
  const empty = async () => {
    await begin()
    await db.deleteFrom('gateways').where('org_id', 'in', ['acme', 'other']).execute()
    return createDbGatewayStore(db)
  }
  testGatewayStore(empty, runner)

  test('a gateway that is saved through the cache counts at once, and keeps when it was made', async () => {
    const store = createCachedGatewayStore(await empty(), { now: () => 0 })
    const gateway = { orgId: 'acme', id: 'a', settings: {} }
    await store.save(gateway, 1)
    expect(await store.find('acme', 'a')).toEqual({ ...gateway, cacheGeneration: 1 })
    await store.save({ ...gateway, settings: { collect_logs: false } }, 2)
    expect(await store.find('acme', 'a')).toEqual({
      ...gateway,
      settings: { collect_logs: false },
      cacheGeneration: 1,
    })
    const row = await db.selectFrom('gateways').selectAll().where('org_id', '=', 'acme').executeTakeFirst()
    expect([row?.created_at, row?.modified_at]).toEqual([1, 2])
  })

  test('settings that cannot be read are the defaults', async () => {
    const store = await empty()
    await store.save({ orgId: 'acme', id: 'a', settings: {} }, 1)
    await db.updateTable('gateways').set({ settings: '{"retry_delay":-1' }).where('org_id', '=', 'acme').execute()
    expect(await store.list('acme')).toEqual([{ orgId: 'acme', id: 'a', settings: {}, cacheGeneration: 1 }])
  })
})

describe('dynamic routes on D1', () => {
  const empty = async () => {
    await begin()
    await db.deleteFrom('routes').execute()
    const gateways = createDbGatewayStore(db)
    for (const [orgId, id] of [
      ['acme', 'default'],
      ['acme', 'second'],
      ['other', 'default'],
    ] as const) {
      await gateways.save({ orgId, id, settings: {} }, 1)
    }
    return createDbDynamicRouteStore(db)
  }
  testDynamicRouteStore(empty, runner)

  test('two versions that are made at once get different numbers', async () => {
    const store = await empty()
    const scope = { orgId: 'acme', gatewayId: 'default' }
    await store.add(scope, { id: 'a', name: 'a', createdAt: 1, modifiedAt: 1 })
    const ids = Array.from({ length: 10 }, (_, index) => `v${index}`)
    await Promise.all(ids.map((id) => store.addVersion(scope, 'a', { id, elements: [], isValid: true, createdAt: 2 })))
    expect((await store.versions(scope, 'a')).map(({ number }) => number)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  })

  test('routes go with their gateway', async () => {
    const store = await empty()
    const scope = { orgId: 'acme', gatewayId: 'second' }
    await store.add(scope, { id: 'a', name: 'a', createdAt: 1, modifiedAt: 1 })
    await store.addVersion(scope, 'a', { id: 'v1', elements: [], isValid: true, createdAt: 2 })
    await store.deploy(scope, 'a', { id: 'd1', versionId: 'v1', createdAt: 3 })
    expect(await createDbGatewayStore(db).remove('acme', 'second')).toBe(true)
    expect(await db.selectFrom('route_versions').selectAll().execute()).toEqual([])
  })

  test('elements that cannot be read make a version that is not valid', async () => {
    const store = await empty()
    const scope = { orgId: 'acme', gatewayId: 'default' }
    await store.add(scope, { id: 'a', name: 'a', createdAt: 1, modifiedAt: 1 })
    await store.addVersion(scope, 'a', { id: 'v1', elements: [], isValid: true, createdAt: 2 })
    await db.updateTable('route_versions').set({ elements: '{' }).execute()
    expect((await store.find(scope, 'a'))?.version).toMatchObject({ elements: [], isValid: false })
  })

  test('a named route is one statement, through indices', async () => {
    const statements = await statementsOf((watched) =>
      createDbDynamicRouteStore(watched).findByName({ orgId: 'acme', gatewayId: 'default' }, 'a'),
    )
    expect(statements).toHaveLength(1)
    const plans = await Promise.all(statements.map(planOf))
    expect(plans.join('; ')).not.toContain('SCAN')
  })
})

describe('costs that change on D1', () => {
  const empty = async () => {
    for (const table of ['request_logs', 'request_attempts', 'usage_hourly'] as const) {
      await db.deleteFrom(table).execute()
    }
    return createDbLogStore(db)
  }
  testLogStore(empty, runner)

  test('the roll-up comes to what the rows come to, also after a page of the largest size', async () => {
    const store = await empty()
    const hourMs = 3_600_000
    const rows = Array.from({ length: 500 }, (_, index) =>
      record(`r${String(index).padStart(3, '0')}`, {
        created_at: 1_795_000_000_000 + (index % 3) * hourMs,
        user_id: index % 2 === 0 ? null : 'alice',
        model: `m${index % 5}`,
        cost_nano_usd: index % 7 === 0 ? null : index,
      }),
    )
    await store.insert(rows.slice(0, 250))
    await store.insert(rows.slice(250))
    const cost = ({ id }: LogRecord, index: number) => ({
      id,
      cost_nano_usd: 3 * index,
      bill: [],
      price_version: 'new',
    })
    await store.reprice('acme', rows.map(cost), 1)
    await store.reprice('acme', rows.slice(0, 100).map(cost), 2)

    const query = { orgId: 'acme', from: 1_794_997_200_000, to: 1_795_100_000_000 }
    const { cost_nano_usd, unpriced, requests, charged_nano_usd } = await createDbUsageStore(db).totals(query)
    const { total } = await db
      .selectFrom('request_logs')
      .select(({ fn }) => fn.sum<number>('cost_nano_usd').as('total'))
      .executeTakeFirstOrThrow()
    const expected = (3 * 499 * 500) / 2
    expect({ cost_nano_usd, total, unpriced, requests, charged_nano_usd }).toEqual({
      cost_nano_usd: expected,
      total: expected,
      unpriced: 0,
      requests: 500,
      charged_nano_usd: 500 * 70_000,
    })
  })

  test('rows are found through their indices', async () => {
    const plans = await plansOf(async (watched) => {
      await createDbLogStore(watched).listPriced({ orgId: 'acme', from: 0, to: 1, limit: 1, cursor: 'a' })
      await createDbLogStore(watched).reprice('acme', [{ id: 'a', cost_nano_usd: 1, bill: [], price_version: null }], 1)
    })
    expect(plans).toHaveLength(3)
    expect(plans[0]).toContain('request_logs_by_org (org_id=? AND id>?)')
    expect(plans.join('; ')).not.toMatch(/SCAN (?:request_|logs|others)/)
  })
})

describe('alerting on D1', () => {
  testAlertStores(() => begun(createDbAlertStores(db)), runner)
  testRequestFacts(async () => {
    await begin()
    for (const table of ['request_logs', 'usage_hourly', 'usage_daily'] as const) await db.deleteFrom(table).execute()
    return { facts: createDbAlertStores(db).facts, insert: createDbLogStore(db).insert }
  }, runner)
  testMetricsStore(async () => {
    await begin()
    for (const table of ['request_logs', 'usage_hourly', 'usage_daily'] as const) await db.deleteFrom(table).execute()
    return { metrics: createDbMetricsStore(db), insert: createDbLogStore(db).insert }
  }, runner)

  test('what is looked at every few seconds is found through indices', async () => {
    const plans = await plansOf(async (watched) => {
      const { facts, incidents, deliveries, rules, channels } = createDbAlertStores(watched)
      const query = { orgId: 'acme', filter: {}, from: 1 }
      await facts.spend(query)
      await facts.spend({ ...query, orgId: null })
      await facts.failures({ ...query, now: 2, errorType: null })
      await facts.failures({ ...query, now: 9_000_000, errorType: 'auth' })
      await incidents.listSince('acme', 1)
      await deliveries.listDue('acme', 1, 1)
      await deliveries.nextDueAt('acme')
      await rules.list('acme')
      await channels.list('acme')
      await createDbAlertEventStore(watched).listSince('acme', 1)
    })
    expect(plans.join('; ')).not.toMatch(/SCAN (?!rows)/)
  })
})
