import { expect, test } from 'vitest'
import { createMemoryLogStore } from '../logs/create-memory-log-store.ts'
import { fieldOf, now, refused, startAdmin } from './__fixtures__/start-admin.ts'

const completion = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
}
/** $0.15 in and $0.60 out per million. */
const listed = 10 * 150 + 2 * 600

async function start() {
  const logs = createMemoryLogStore()
  const admin = await startAdmin({
    env: { OPENAI_API_KEY: 'sk' },
    upstream: async () => Response.json(completion),
    deps: { logs, recordLog: (record) => logs.insert([record]) },
  })
  const key = fieldOf(await admin.post('gateway-keys', { name: 'app' }), 'key')
  const ask = async (model: string, headers: Record<string, string> = {}): Promise<string> => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] })
    const init = { method: 'POST', headers: { authorization: `Bearer ${key}`, ...headers }, body }
    return (await admin.app.request('/v1/chat/completions', init)).headers.get('cf-aig-log-id') ?? ''
  }
  const rowOf = async (id: string) => {
    const row = await logs.find('default', id)
    return [row?.cost_nano_usd, row?.previous_cost_nano_usd, row?.repriced_at]
  }
  return { ...admin, logs, ask, rowOf }
}

const all = { from: 0, to: now + 1 }

test('rows follow a new price of the organisation, and keep the first figure', async () => {
  const { ask, post, remove, rowOf, logs } = await start()
  const id = await ask('openai/gpt-4o-mini')
  expect(await rowOf(id)).toEqual([listed, null, null])
  expect((await post('reprice', all)).body).toEqual({ repriced: 1, changed: 0, unpriced: 0, next_cursor: null })
  expect(await rowOf(id)).toEqual([listed, null, null])

  const price = { provider: 'openai', model: 'gpt-4o-mini', prices: { input: 1, output: 1 } }
  const priceId = fieldOf(await post('prices', price))
  expect((await post('reprice', all)).body).toEqual({ repriced: 1, changed: 1, unpriced: 0, next_cursor: null })
  expect(await rowOf(id)).toEqual([12_000, listed, now])
  const row = await logs.find('default', id)
  expect(row?.price_version).toMatch(new RegExp(`^override:${priceId}`))
  expect(row?.bill.reduce((sum, { nano_usd }) => sum + nano_usd, 0)).toBe(12_000)
  expect(row?.attempts.map(({ cost_nano_usd }) => cost_nano_usd)).toEqual([12_000])

  await remove(`prices/${priceId}`)
  await post('prices', { ...price, prices: { input: 2, output: 2 } })
  await post('reprice', all)
  expect(await rowOf(id)).toEqual([24_000, listed, now])
})

test('a row gets the price that held when it was made', async () => {
  const { ask, post, rowOf } = await start()
  const id = await ask('openai/gpt-4o-mini')
  await post('prices', { provider: 'openai', model: 'gpt-4o-mini', prices: { input: 1, output: 1 }, from: now + 1 })
  expect((await post('reprice', all)).body).toMatchObject({ changed: 0 })
  expect(await rowOf(id)).toEqual([listed, null, null])
})

test('a model that nobody had a price for gets one, and keeps none while there is none', async () => {
  const { ask, post, rowOf } = await start()
  const id = await ask('openai/nobody-knows-1')
  expect(await rowOf(id)).toEqual([null, null, null])
  expect((await post('reprice', all)).body).toMatchObject({ repriced: 0, changed: 0, unpriced: 1 })
  await post('prices', { provider: 'openai', model: '*', prices: { input: 1, output: 1 } })
  expect((await post('reprice', all)).body).toMatchObject({ repriced: 1, changed: 1, unpriced: 0 })
  expect(await rowOf(id)).toEqual([12_000, null, now])
})

test('a price that the caller named, and a request that failed, stay as they are', async () => {
  const { ask, post, rowOf } = await start()
  const custom = await ask('openai/gpt-4o-mini', { 'cf-aig-custom-cost': '{"total_cost":0.5}' })
  const failed = await ask('anthropic/claude-sonnet-4-5', { 'gw-free-fallback': 'off' })
  await post('prices', { provider: 'openai', model: '*', prices: { input: 1, output: 1 } })
  expect((await post('reprice', all)).body).toMatchObject({ repriced: 0, changed: 0, unpriced: 0 })
  expect([await rowOf(custom), await rowOf(failed)]).toEqual([
    [500_000_000, null, null],
    [0, null, null],
  ])
})

test('goes on from a cursor, and leaves other times and organisations alone', async () => {
  const { ask, post, rowOf } = await start()
  await post('orgs', { id: 'acme' })
  const ids = [await ask('openai/gpt-4o-mini'), await ask('openai/gpt-4o-mini')]
  await post('prices', { provider: 'openai', model: '*', prices: { input: 1, output: 1 } })
  expect((await post('reprice', { from: 0, to: now })).body).toMatchObject({ repriced: 0 })
  await post('prices', { org_id: 'acme', provider: 'openai', model: '*', prices: { input: 9, output: 9 } })
  expect((await post('reprice', { ...all, org_id: 'acme' })).body).toMatchObject({ repriced: 0 })
  const first = await post('reprice', { ...all, limit: 1 })
  expect(first.body).toEqual({ repriced: 1, changed: 1, unpriced: 0, next_cursor: ids[0] })
  const second = await post('reprice', { ...all, limit: 1, cursor: fieldOf(first, 'next_cursor') })
  expect(second.body).toEqual({ repriced: 1, changed: 1, unpriced: 0, next_cursor: null })
  expect(await Promise.all(ids.map(rowOf))).toEqual([
    [12_000, listed, now],
    [12_000, listed, now],
  ])
})

test.each([
  [{}, 'from: is missing'],
  [{ from: 5, to: 5 }, 'to: must be later than from'],
  [{ from: '2026-01-01', to: 5 }, 'from: '],
  [{ ...all, limit: 1001 }, 'limit: '],
  [{ ...all, until: 5 }, 'until: there is no such field'],
])('a period %j is refused', async (body, words) => {
  const { post } = await startAdmin()
  expect(await post('reprice', body)).toMatchObject(refused(400, 'invalid_request', words))
})
