import { createAccountStore, type Deps } from '@gw/gateway'
import { createKeyResolver, createVault, parseMasterKeys } from '@gw/keys'
import { env } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { startGateway } from './start-gateway.ts'

const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
const textOf = (byte: number): string => btoa(String.fromCharCode(byte).repeat(32))

/** Dependencies whose vault has these master keys; the first seals. */
function withMasterKeys(deps: Deps, ...bytes: number[]): Partial<Deps> {
  const [current = '', ...previous] = bytes.map(textOf)
  const masterKeys = parseMasterKeys(current, previous.join(','))
  const vault = masterKeys && createVault({ masterKeys, random })
  const control = { ...deps.control, vault }
  const { now } = deps
  return {
    control,
    accounts: createAccountStore({ ...control, now }),
    keyResolver: createKeyResolver({ store: control.providerKeys, vault, env: {}, now, random }),
    report: () => undefined,
  }
}

/** A gateway on the real database, and its control plane. */
async function start(...masterKeys: number[]) {
  const gateway = await startGateway((deps) => withMasterKeys(deps, ...masterKeys))
  const texts: string[] = []
  const call = async (method: string, path: string, body?: object) => {
    const response = await gateway.send(`/api/${path}`, {
      method,
      headers: { authorization: 'Bearer admin-key', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    texts.push(text)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
  const chat = (key: string, headers: Record<string, string> = {}): Promise<Response> =>
    gateway.send('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'gw-free-fallback': 'off', ...headers },
      body: JSON.stringify({
        model: 'openai/gpt-4o-mini',
        messages: [{ role: 'user', content: 'hello there' }],
        max_tokens: 20,
      }),
    })
  /** An organisation with a gateway key and a key for OpenAI. */
  const addOrg = async (more: object = {}) => {
    const org = `o_${crypto.randomUUID().replaceAll('-', '')}`
    await call('POST', 'orgs', { id: org, tier_id: 'BUSINESS', ...more })
    const { key } = await call('POST', 'gateway-keys', { org_id: org, name: 'app' })
    await call('POST', 'provider-keys', { org_id: org, level: 'org', provider: 'openai', key: secret })
    return { org, key }
  }
  /** The organisation's rows, once there are as many. */
  const rowsOf = (org: string, count: number) =>
    vi.waitFor(
      async () => {
        const { data } = await gateway.deps.logs.list({ orgId: org, limit: 100 })
        if (data.length < count) throw new Error(`${data.length} of ${count} rows have arrived.`)
        return data
      },
      { timeout: 5000, interval: 50 },
    )
  return { ...gateway, call, chat, addOrg, rowsOf, texts }
}

const secret = 'sk-stored-9d1f7c22'
/** "hello there" is 2 tokens in, "You said: hello there" 4 out; $0.15 and $0.60 per million. */
const cost = 2 * 150 + 4 * 600

test('a new organisation works at once, and its tier is seen on each answer', async () => {
  const { call, chat, addOrg } = await start(1)
  const { org, key } = await addOrg({ tier_id: 'PERSONAL' })
  const answer = await chat(key)
  expect([answer.status, answer.headers.get('ratelimit-limit')]).toEqual([200, '100'])
  const limits = await call('GET', `limits?org_id=${org}`)
  expect(limits).toMatchObject({ tier: { id: 'PERSONAL' }, data: [{ id: 'requests_per_day', limit: 100 }] })
  expect(limits.data[0].used).toBeGreaterThanOrEqual(1)
  await call('PATCH', `orgs/${org}`, { tier_id: 'BUSINESS' })
  expect((await chat(key)).headers.get('ratelimit-limit')).toBe(null)
})

test('a stored key is used for calls, and is in no answer and no row of the database', async () => {
  const { call, chat, addOrg, rowsOf, texts, simulator } = await start(1)
  const { org, key } = await addOrg()
  const answer = await chat(key)
  expect([answer.status, answer.headers.get('gw-key-source')]).toEqual([200, 'org'])
  expect(simulator.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${secret}`)
  const [row] = await rowsOf(org, 1)
  const { data } = await call('GET', `provider-keys?org_id=${org}`)
  expect([row?.key_source, row?.provider_key_id]).toEqual(['org', data[0].id])
  const levels = await call('GET', `key-resolution?org_id=${org}&provider=openai`)
  expect(levels.data.map(({ outcome }: { outcome: string }) => outcome)).toContain('wins')
  for (const text of texts) expect(text).not.toContain(secret)
  for (const table of ['provider_keys', 'request_logs', 'request_attempts', 'alert_events']) {
    const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all()
    expect(JSON.stringify(results)).not.toContain(secret)
  }
})

test('the master key changes while calls go on', async () => {
  const before = await start(1)
  const { org, key } = await before.addOrg()
  expect((await before.chat(key)).status).toBe(200)

  const wrong = await start(2)
  const refused = await wrong.send('/ready')
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('GW_MASTER_KEY_PREVIOUS')])
  expect((await wrong.chat(key)).status).toBe(401)

  const during = await start(2, 1)
  expect((await during.send('/ready')).status).toBe(200)
  expect((await during.chat(key)).headers.get('gw-key-source')).toBe('org')
  const steps = [await during.call('POST', 'master-key/rotate', { limit: 1 })]
  while (steps.at(-1).remaining > 0) {
    expect((await during.chat(key)).status).toBe(200)
    steps.push(await during.call('POST', 'master-key/rotate', { limit: 1 }))
  }
  expect(steps.every(({ unreadable }) => unreadable.length === 0)).toBe(true)
  expect(await during.call('GET', 'master-key')).toMatchObject({ other_versions: 0 })

  const after = await start(2)
  expect((await after.chat(key)).status).toBe(200)
  expect((await after.send('/ready')).status).toBe(200)
  // Other tests' gateways have the old key.
  await env.DB.prepare('DELETE FROM provider_keys WHERE org_id = ?').bind(org).run()
})

test('a budget refuses what could pass it, and shows what is spent', async () => {
  const { call, chat, addOrg, rowsOf } = await start(1)
  const { org, key } = await addOrg()
  expect((await chat(key)).status).toBe(200)
  // A request may cost some 2,100 tokens in and 20 out: about $0.0004.
  const budget = { org_id: org, name: 'Tight', scope: 'org', period: 'day', limit_usd: '0.0005' }
  const { id } = await call('POST', 'budgets', budget)
  expect((await chat(key)).status).toBe(200)
  await rowsOf(org, 2)
  const state = await vi.waitFor(async () => {
    const { data } = await call('GET', `budgets?org_id=${org}`)
    expect(data[0].state.reserved_nano_usd).toBe(0)
    return data[0].state
  })
  expect(state).toMatchObject({ spent_nano_usd: cost, remaining_nano_usd: 500_000 - cost })

  await call('PATCH', `budgets/${id}?org_id=${org}`, { limit_usd: '0.0001' })
  const refused = await chat(key)
  expect([refused.status, await refused.json()]).toMatchObject([
    429,
    { error: { message: expect.stringContaining('Tight') } },
  ])
  await call('DELETE', `budgets/${id}?org_id=${org}`)
  expect((await chat(key)).status).toBe(200)
})

test('rows are priced anew, and the roll-up follows', async () => {
  const { call, chat, addOrg, rowsOf } = await start(1)
  const { org, key } = await addOrg()
  await chat(key)
  await chat(key, { 'cf-aig-custom-cost': '{"total_cost":0.5}' })
  await rowsOf(org, 2)
  const usage = () => call('GET', `usage?org_id=${org}`)
  expect(await usage()).toMatchObject({ requests: 2, cost_nano_usd: cost + 500_000_000 })

  const price = { org_id: org, provider: 'openai', model: 'gpt-4o-mini', prices: { input: 1, output: 1 } }
  await call('POST', 'prices', price)
  const period = { org_id: org, from: 0, to: Date.now() + 1000 }
  expect(await call('POST', 'reprice', period)).toEqual({ repriced: 1, changed: 1, unpriced: 0, next_cursor: null })
  expect(await usage()).toMatchObject({ requests: 2, cost_nano_usd: 6000 + 500_000_000 })
  const rows = await rowsOf(org, 2)
  expect(rows.map((row) => [row.cost_nano_usd, row.previous_cost_nano_usd])).toEqual([
    [500_000_000, null],
    [6000, cost],
  ])
})

test('what the database refuses is an answer that says why', async () => {
  const { call, addOrg } = await start(1)
  const { org } = await addOrg()
  const { id: user } = await call('POST', 'users', { email: `${org}@example.com`, org_id: org })
  await call('POST', 'tiers', { id: org, requests_per_day: 1 })
  await call('PATCH', `users/${user}`, { tier_id: org })
  const refused: readonly [string, string, object | undefined, number][] = [
    ['POST', 'orgs', { id: org }, 409],
    ['POST', 'users', { email: `${org.toUpperCase()}@example.com` }, 409],
    ['POST', 'gateway-keys', { org_id: 'nobody', name: 'a' }, 404],
    ['POST', 'gateway-keys', { org_id: org, name: 'a', user_id: 'nobody' }, 400],
    ['PUT', 'gateways/a', { org_id: 'nobody', settings: {} }, 404],
    ['PUT', `orgs/${org}/members/nobody`, { role: 'owner' }, 404],
    ['POST', 'budgets', { org_id: 'nobody', name: 'a', scope: 'org', period: 'day', limit_usd: 1 }, 404],
    ['POST', 'prices', { org_id: 'nobody', provider: 'openai', model: 'm', prices: { input: 1 } }, 404],
    ['DELETE', `tiers/${org}`, undefined, 409],
    ['GET', 'usage?org_id=nobody', undefined, 404],
  ]
  for (const [method, path, body, status] of refused) {
    await expect(call(method, path, body), `${method} ${path}`).rejects.toThrow(`: ${status} {"error":{"code":`)
  }
  await call('DELETE', `users/${user}`)
  await call('DELETE', `tiers/${org}`)
})

test('the metrics of the day are those of all organisations', async () => {
  const { send, chat, addOrg, rowsOf } = await start(1)
  const { org, key } = await addOrg()
  await chat(key)
  await rowsOf(org, 1)
  const response = await send('/metrics', { headers: { authorization: 'Bearer admin-key' } })
  const text = await response.text()
  expect(Number(/^gw_requests_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1)
  expect(Number(/^gw_cost_nano_usd_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(cost)
})
