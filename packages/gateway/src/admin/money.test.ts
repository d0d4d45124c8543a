import { expect, test } from 'vitest'
import { ledgerName } from '../ledger/ledger-name.ts'
import type { UsageQuery } from '../logs/usage-store.ts'
import { neuronCounter } from '../limits/neuron-counter.ts'
import { fieldOf, now, refused, startAdmin } from './__fixtures__/start-admin.ts'

const totals = {
  requests: 7,
  unchecked: 1,
  unpriced: 2,
  input_tokens: 30,
  output_tokens: 40,
  cost_nano_usd: 500,
  charged_nano_usd: 600,
  milli_neurons: 700,
  saved_nano_usd: 0,
  saved_ms: 0,
}
const midnight = Date.UTC(2026, 10, 18)
const dayMs = 86_400_000

function watchedUsage() {
  const asked: UsageQuery[] = []
  const usage = {
    totals: async (query: UsageQuery) => {
      asked.push(query)
      return totals
    },
  }
  return { asked, control: { usage } }
}

test('prices of an organisation are its own, and count for the next request', async () => {
  const { get, post, remove } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const price = { provider: 'openai', model: 'gpt-4o-mini', prices: { input: 1, output: [2, [200_000, 4]] } }
  const made = await post('prices', { ...price, from: 5 })
  const shown = { id: fieldOf(made), org_id: 'default', ...price, from: 5, created_at: now }
  expect([made.status, made.body]).toEqual([201, shown])
  expect((await get('prices')).body).toEqual({ data: [shown], next_cursor: null })
  expect((await get('prices?org_id=acme')).body).toEqual({ data: [], next_cursor: null })
  expect(await remove(`prices/${shown.id}?org_id=acme`)).toMatchObject(refused(404, 'not_found', 'no price'))
  expect((await remove(`prices/${shown.id}`)).status).toBe(204)
  expect((await post('prices', { ...price, provider: 'xai', model: '*' })).body).toMatchObject({
    provider: 'grok',
    from: 0,
  })
})

test.each([
  [{ prices: undefined }, '`prices` must be an object'],
  [{ prices: {} }, '`prices` must be an object'],
  [{ prices: { input: -1 } }, '`prices.input` must be a number of dollars'],
  [{ prices: { inputs: 1 } }, '`prices.inputs` is no class of usage'],
  [{ model: ' ' }, 'model: '],
  [{ from: -1 }, 'from: '],
  [{ to: 5 }, 'to: there is no such field'],
])('a price with %j is refused', async (change, words) => {
  const { post } = await startAdmin()
  const price = { provider: 'openai', model: 'gpt-4o-mini', prices: { input: 1 } }
  expect(await post('prices', { ...price, ...change })).toMatchObject(refused(400, 'invalid_request', words))
})

test('usage is of whole hours, and of the current UTC day unless times are named', async () => {
  const { asked, control } = watchedUsage()
  const { get, post } = await startAdmin({ control })
  await post('orgs', { id: 'acme' })
  const today = { org_id: 'acme', from: midnight, to: midnight + dayMs }
  expect((await get('usage?org_id=acme')).body).toEqual({ ...today, ...totals })
  expect((await get('usage?from=3600001&to=7200001')).body).toMatchObject({ from: 3_600_000, to: 10_800_000 })
  expect(asked).toEqual([
    { orgId: 'acme', from: midnight, to: midnight + dayMs },
    { orgId: 'default', from: 3_600_000, to: 10_800_000 },
  ])
  expect(await get('usage?from=5&to=x')).toMatchObject(refused(400, 'invalid_request', 'to: '))
  expect(await get('usage?from=7200000&to=3600000')).toMatchObject(refused(400, 'invalid_request', 'later than from'))
  expect(await get('usage?form=5')).toMatchObject(refused(400, 'invalid_request', 'form: there is no such field'))
})

test('neurons of the day: used, set aside, left', async () => {
  const { get, ledgers } = await startAdmin()
  const ledger = ledgers.open(ledgerName.neurons('acc'))
  const counters = [neuronCounter({ neuronsPerDay: 10_000 }, true)]
  await ledger.reserve({ id: 'a', counters, amount: 5000, holdMs: 1000 })
  await ledger.settle([{ id: 'a', amount: 1500 }])
  await ledger.reserve({ id: 'b', counters, amount: 2000, holdMs: 1000 })
  expect((await get('neurons')).body).toEqual({
    used: 1.5,
    reserved: 2,
    left: 9996.5,
    limit: 10_000,
    resets_at: midnight + dayMs,
  })
})

test('alert events are of the organisation, or of the whole gateway', async () => {
  const { get, alertEvents } = await startAdmin()
  const event = { kind: 'unknown_price' as const, message: 'm', at: 1 }
  await alertEvents.add({ ...event, orgId: 'default', subject: 'old' })
  await alertEvents.add({ ...event, orgId: 'default', subject: 'new', at: 2 })
  await alertEvents.add({ ...event, orgId: 'acme', subject: 'theirs' })
  await alertEvents.add({ ...event, orgId: null, subject: 'ours' })
  const newest = { org_id: 'default', kind: 'unknown_price', subject: 'new', message: 'm', created_at: 2 }
  expect((await get('alert-events?limit=1')).body).toEqual({
    data: [newest],
    next_cursor: expect.stringMatching(/^2:/),
  })
  expect((await get('alert-events')).body).toMatchObject({ data: [{ subject: 'new' }, { subject: 'old' }] })
  expect((await get('alert-events?system=true')).body).toMatchObject({ data: [{ org_id: null, subject: 'ours' }] })
  expect(await get('alert-events?limit=0')).toMatchObject(refused(400, 'invalid_request', 'limit: '))
})

test('metrics are those of the UTC day, of all organisations, for the admin key', async () => {
  const { asked, control } = watchedUsage()
  const { app, get } = await startAdmin({ control })
  const { status, text } = await get('/metrics')
  expect(status).toBe(200)
  expect(asked).toEqual([{ orgId: null, from: midnight, to: midnight + dayMs }])
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    'gw_requests_total 7',
    'gw_unchecked_requests_total 1',
    'gw_unpriced_requests_total 2',
    'gw_tokens_total{direction="input"} 30',
    'gw_tokens_total{direction="output"} 40',
    'gw_cost_nano_usd_total 500',
    'gw_neurons_milli_total 700',
    'gw_alerts_open{owner="organisation",severity="warning"} 0',
    'gw_alerts_open{owner="organisation",severity="critical"} 0',
    'gw_alerts_open{owner="operator",severity="warning"} 0',
    'gw_alerts_open{owner="operator",severity="critical"} 0',
    '',
  ])
  expect(text).toContain(
    '# HELP gw_requests_total Requests that have ended, since 00:00 UTC; starts again at 0 each day.\n',
  )
  expect(text).toContain('# TYPE gw_tokens_total counter\n')
  const wrong = await app.request('/metrics', { headers: { authorization: 'Bearer gw_test' } })
  expect([wrong.status, await wrong.json()]).toMatchObject([401, { error: { code: 'unauthenticated' } }])
})
