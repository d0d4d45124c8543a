import { expect, test } from 'vitest'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import { fieldOf, now, refused, startAdmin } from './__fixtures__/start-admin.ts'

const monthly = { name: 'Monthly', scope: 'org', period: 'month', limit_usd: 12.5, mode: 'hard' }
/** 2026-12-01 */
const nextMonth = Date.UTC(2026, 11, 1)

test('a budget shows what is spent, set aside and left of it', async () => {
  const { get, post, ledgers } = await startAdmin()
  const made = await post('budgets', monthly)
  const shown = {
    id: fieldOf(made),
    org_id: 'default',
    name: 'Monthly',
    scope: 'org',
    scope_id: null,
    period: 'month',
    limit_usd: '12.5',
    limit_nano_usd: 12_500_000_000,
    mode: 'hard',
    created_at: now,
    disabled_at: null,
  }
  const untouched = {
    spent_nano_usd: 0,
    reserved_nano_usd: 0,
    remaining_nano_usd: 12_500_000_000,
    resets_at: nextMonth,
  }
  expect([made.status, made.body]).toEqual([201, { ...shown, state: untouched }])

  const ledger = ledgers.open(ledgerName.budgets('default'))
  const counter = { id: shown.id, limit: shown.limit_nano_usd, window: { kind: 'month' as const }, isHard: true }
  await ledger.reserve({ id: 'a', counters: [counter], amount: 500, holdMs: 1000 })
  await ledger.settle([{ id: 'a', amount: 300 }])
  await ledger.reserve({ id: 'b', counters: [counter], amount: 200, holdMs: 1000 })
  const state = {
    spent_nano_usd: 300,
    reserved_nano_usd: 200,
    remaining_nano_usd: 12_499_999_500,
    resets_at: nextMonth,
  }
  expect((await get('budgets')).body).toEqual({ data: [{ ...shown, state }], next_cursor: null })
  expect((await get(`budgets/${shown.id}`)).body).toEqual({ ...shown, state })
})

test('a ledger that cannot be reached leaves the budgets without a state, and says so', async () => {
  const down = (): Promise<never> => Promise.reject(new LedgerUnavailable('down'))
  const ledgers = { open: () => ({ reserve: down, settle: down, extend: down, take: down, read: down }) }
  const { get, post } = await startAdmin({ deps: { ledgers } })
  const made = await post('budgets', monthly)
  const nothing = { state: null, warning: expect.stringContaining('Try again') }
  expect(made).toMatchObject({ status: 201, body: nothing })
  expect((await get('budgets')).body).toMatchObject({ data: [nothing] })
  expect((await get('neurons')).body).toMatchObject({ used: null, limit: 10_000, warning: nothing.warning })
  await post('orgs', { id: 'acme' })
  expect((await get('limits?org_id=acme')).body).toMatchObject({ data: null, warning: nothing.warning })
})

test('a new budget counts for the next request, and one that is disabled no more', async () => {
  const { app, post, patch, remove } = await startAdmin({ env: { OPENAI_API_KEY: 'sk' } })
  const key = fieldOf(await post('gateway-keys', { name: 'app' }), 'key')
  const ask = async (): Promise<number> => {
    const response = await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'gw-free-fallback': 'off' },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }], max_tokens: 9 }),
    })
    return response.status
  }
  expect(await ask()).not.toBe(429)
  const id = fieldOf(await post('budgets', { ...monthly, limit_usd: '0.000000001' }))
  expect(await ask()).toBe(429)
  expect((await patch(`budgets/${id}`, { disabled: true })).body).toMatchObject({ disabled_at: now })
  expect(await ask()).not.toBe(429)
  await patch(`budgets/${id}`, { disabled: false })
  expect(await ask()).toBe(429)
  expect((await remove(`budgets/${id}`)).status).toBe(204)
  expect(await ask()).not.toBe(429)
})

test('name, limit and mode change; no organisation changes the budget of another', async () => {
  const { get, post, patch, remove } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const id = fieldOf(await post('budgets', monthly))
  const changed = await patch(`budgets/${id}`, { name: 'New', limit_usd: '0.1', mode: 'warn' })
  expect(changed.body).toMatchObject({ name: 'New', limit_usd: '0.1', limit_nano_usd: 100_000_000, mode: 'warn' })
  for (const answer of [
    await get(`budgets/${id}?org_id=acme`),
    await patch(`budgets/${id}`, { org_id: 'acme', name: 'x' }),
    await remove(`budgets/${id}?org_id=acme`),
  ]) {
    expect(answer).toMatchObject(refused(404, 'not_found', 'no budget'))
  }
  expect(await patch(`budgets/${id}`, { period: 'day' })).toMatchObject(refused(400, 'invalid_request', 'period: '))
})

test('a budget is for something that the organisation has', async () => {
  const { post, addUser } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const ids = {
    user: await addUser(),
    gateway_key: fieldOf(await post('gateway-keys', { name: 'app' })),
    gateway: 'default',
  }
  for (const [scope, scope_id] of Object.entries(ids)) {
    expect((await post('budgets', { ...monthly, scope, scope_id })).body).toMatchObject({ scope, scope_id })
    expect(await post('budgets', { ...monthly, scope })).toMatchObject(
      refused(400, 'invalid_request', 'scope_id: a budget'),
    )
    const elsewhere = scope === 'gateway' ? 'none' : scope_id
    const foreign = await post('budgets', { ...monthly, org_id: 'acme', scope, scope_id: elsewhere })
    expect(foreign).toMatchObject(refused(400, 'invalid_request', 'scope_id: '))
  }
  const ofOrg = await post('budgets', { ...monthly, scope_id: 'default' })
  expect(ofOrg).toMatchObject(refused(400, 'invalid_request', 'scope_id: a budget of the organisation has none'))
})

test.each([
  [{ limit_usd: -1 }, 'limit_usd: must be dollars'],
  [{ limit_usd: '1.0000000001' }, 'limit_usd: must be dollars'],
  [{ limit_usd: '$5' }, 'limit_usd: must be dollars'],
  [{ limit_usd: 9_000_001 }, 'limit_usd: must be dollars'],
  [{ limit_usd: null }, 'limit_usd: must be dollars'],
  [{ period: 'week' }, 'period: '],
  [{ scope: 'route', scope_id: 'r' }, 'scope_id: the organisation has no dynamic route "r"'],
  [{ mode: 'soft' }, 'mode: '],
  [{ limit: 5 }, 'limit: there is no such field'],
])('a budget with %j is refused', async (change, words) => {
  const { post, get } = await startAdmin()
  expect(await post('budgets', { ...monthly, ...change })).toMatchObject(refused(400, 'invalid_request', words))
  expect((await get('budgets')).body).toEqual({ data: [], next_cursor: null })
})
