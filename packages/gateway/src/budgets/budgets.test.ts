import { expect, test } from 'vitest'
import { createGate } from '../__fixtures__/create-gate.ts'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryLedgers } from '../ledger/create-memory-ledgers.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import type { Ledgers } from '../ledger/ledger.ts'
import { createMemoryAccountStore } from '../people/create-memory-account-store.ts'
import type { Budget } from './budget.ts'
import { toCounter } from './budget-counters.ts'

const budget: Budget = {
  id: 'b',
  orgId: 'default',
  name: 'Monthly',
  scope: 'org',
  scopeId: null,
  period: 'month',
  limitNanoUsd: 10_000_000,
  mode: 'hard',
  createdAt: 0,
  disabledAt: null,
}

const memoryLedgers = (): Ledgers => createMemoryLedgers({ now: () => 1_795_000_000_000 })

/** gpt-4o-mini: $0.15 in, $0.60 out per million. 10 × 150 + 2 × 600 nano-USD. */
const costOfAnswer = 2700
const completion = (model = 'gpt-4o-mini') => ({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model,
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
})

interface Start {
  ledgers?: Ledgers
  /** Upstreams answer when this resolves. */
  gate?: Promise<void>
  answer?: object
}

async function start(
  budgets: readonly Budget[],
  { gate, ledgers = memoryLedgers(), answer = completion() }: Start = {},
) {
  const sent: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    sent.push(request.url)
    await gate
    return Response.json(answer)
  }
  const gateway = await startMemoryGateway(fetch, {
    accounts: createMemoryAccountStore({ budgets }),
    ledgers,
  })
  const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      gateway.app.request(path, {
        method: 'POST',
        headers: { 'cf-aig-authorization': 'Bearer gw_test', 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    )
  const ask = { model: 'openai/gpt-4o-mini', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }] }
  return {
    ...gateway,
    sent,
    ledgers,
    send,
    chat: (more: object = {}, headers: Record<string, string> = {}) =>
      send('/v1/chat/completions', { ...ask, ...more }, headers),
    spent: async () =>
      (await ledgers.open(ledgerName.budgets('default')).read(budgets.map(toCounter))).map(({ used }) => used),
  }
}

test('what was spent is what the rows say, and nothing stays set aside', async () => {
  const { chat, rows, rowsReach, spent } = await start([budget])
  for (let count = 0; count < 5; count++) expect((await chat()).status).toBe(200)
  await rowsReach(5)
  expect(rows.map(({ charged_nano_usd }) => charged_nano_usd)).toEqual(Array<number>(5).fill(costOfAnswer))
  expect(await spent()).toEqual([5 * costOfAnswer])
})

test('requests at once never pass a hard budget', async () => {
  // One request may cost 2,048 + about 100 tokens in and 100 out: between $0.0003 and $0.0005.
  const tight = { ...budget, limitNanoUsd: 1_000_000 }
  const gate = createGate()
  const { chat, sent, spent, rows, rowsReach } = await start([tight], { gate: gate.opened })
  const asked = Array.from({ length: 50 }, () => chat())
  // Nobody is answered before everybody has asked.
  await rowsReach(47)
  expect(rows.every(({ success }) => !success)).toBe(true)
  gate.open()
  const answers = await Promise.all(asked)
  const passed = answers.filter(({ status }) => status === 200)
  expect(passed.length).toBeGreaterThanOrEqual(2)
  expect(passed.length).toBeLessThanOrEqual(3)
  expect(sent).toHaveLength(passed.length)
  expect(await spent()).toEqual([passed.length * costOfAnswer])
  const refused = answers.find(({ status }) => status === 429)
  expect(await refused?.json()).toMatchObject({
    error: { code: 'insufficient_quota', message: expect.stringContaining('The budget "Monthly" has') },
  })
})

test('a budget that only warns is passed, and said to be', async () => {
  const { chat, alerts } = await start([{ ...budget, mode: 'warn', limitNanoUsd: 1000 }])
  expect((await chat()).status).toBe(200)
  expect(alerts).toContainEqual(expect.objectContaining({ kind: 'budget_passed', subject: 'b' }))
})

test('budgets of others do not count', async () => {
  const theirs: Budget = { ...budget, scope: 'gateway_key', scopeId: 'another', limitNanoUsd: 0 }
  const off: Budget = { ...budget, id: 'off', limitNanoUsd: 0, disabledAt: 1 }
  const { chat } = await start([theirs, off])
  expect((await chat()).status).toBe(200)
})

test.each(['gateway_key', 'gateway'] as const)('a budget of the %s counts', async (scope) => {
  const scopeId = { gateway_key: 'k', gateway: 'default' }[scope]
  const { chat } = await start([{ ...budget, scope, scopeId, limitNanoUsd: 0 }])
  expect((await chat()).status).toBe(429)
})

test('every way in is counted: native, universal, embeddings and responses', async () => {
  const { send, sent, rowsReach, rows } = await start([{ ...budget, limitNanoUsd: 0 }])
  const chat = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] }
  const ways: [string, unknown][] = [
    ['/v1/acc/default/openai/v1/chat/completions', chat],
    ['/v1/acc/default', [{ provider: 'openai', endpoint: 'chat/completions', headers: {}, query: chat }]],
    ['/v1/embeddings', { model: 'openai/text-embedding-3-small', input: 'hi' }],
    ['/v1/responses', { model: 'openai/gpt-4o-mini', input: 'hi' }],
    ['/v1/messages', { ...chat, model: 'anthropic/claude-haiku-4-5', max_tokens: 10 }],
  ]
  for (const [path, body] of ways) expect([path, (await send(path, body)).status]).toEqual([path, 429])
  expect(sent).toEqual([])
  await rowsReach(ways.length)
  expect(rows.every(({ error_type, cost_nano_usd }) => error_type === 'quota_exceeded' && cost_nano_usd === 0)).toBe(
    true,
  )
})

test('a fallback is checked as the first target is', async () => {
  const { send, sent } = await start([{ ...budget, limitNanoUsd: 500_000 }])
  const messages = [{ role: 'user', content: 'hi' }]
  const response = await send('/v1/acc/default', [
    {
      provider: 'openai',
      endpoint: 'chat/completions',
      headers: {},
      query: { model: 'gpt-4o', messages, max_tokens: 4000 },
    },
    {
      provider: 'openai',
      endpoint: 'chat/completions',
      headers: {},
      query: { model: 'gpt-4o-mini', messages, max_tokens: 100 },
    },
  ])
  expect(response.status).toBe(200)
  expect(response.headers.get('cf-aig-step')).toBe('1')
  expect(sent).toHaveLength(1)
})

test('a price that nobody knows cannot keep a hard budget', async () => {
  const { chat, sent } = await start([budget])
  const response = await chat({ model: 'openai/nobody-knows-1' }, { 'cf-aig-custom-cost': '{"total_cost":0}' })
  expect(response.status).toBe(429)
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('nobody knows the price') } })
  expect(sent).toEqual([])
})

test('a price of 0 that the caller names does not hide what a budget counts', async () => {
  const { chat, rows, rowsReach, spent } = await start([budget])
  await chat({}, { 'cf-aig-custom-cost': '{"total_cost":0}' })
  await rowsReach(1)
  expect([rows[0]?.cost_nano_usd, rows[0]?.charged_nano_usd]).toEqual([0, costOfAnswer])
  expect(await spent()).toEqual([costOfAnswer])
})

test('what costs money is refused while budgets cannot be asked, and what is free is not', async () => {
  const down = (): Promise<never> => Promise.reject(new LedgerUnavailable('down'))
  const ledgers: Ledgers = { open: () => ({ reserve: down, settle: down, extend: down, take: down, read: down }) }
  const { chat, sent, rows, rowsReach, alerts } = await start([budget], { ledgers })
  const paid = await chat()
  expect([paid.status, paid.headers.get('retry-after')]).toEqual([503, '2'])
  expect(alerts).toContainEqual(expect.objectContaining({ kind: 'budget_unavailable' }))
  expect((await chat({ model: 'ollama/llama3' })).status).toBe(200)
  expect(sent).toEqual([expect.stringContaining('11434')])
  await rowsReach(2)
  expect(rows.map(({ unchecked }) => unchecked)).toEqual([false, false])
})

const words = [{ role: 'user', content: 'hi' }]
const chatPath = '/v1/chat/completions'
const native = '/v1/acc/default/openai/v1'

/** Requests that would cost more than they seem to; each may cost more than a cent. */
const disguises: readonly [string, string, unknown][] = [
  ['many answers', chatPath, { model: 'openai/gpt-4o', n: 100, messages: words }],
  ['answers in words', chatPath, { model: 'openai/gpt-4o', n: '100', max_tokens: 100, messages: words }],
  [
    'a limit that means nothing there',
    chatPath,
    { model: 'openai/gpt-4o', options: { num_predict: 1 }, messages: words },
  ],
  ['two limits', chatPath, { model: 'openai/gpt-4o', max_tokens: 1, max_completion_tokens: 9000, messages: words }],
  [
    'a batch longer than a window',
    '/v1/embeddings',
    { model: 'openai/text-embedding-3-large', input: Array(100).fill('word '.repeat(1000)) },
  ],
  [
    'a stored conversation',
    '/v1/responses',
    { model: 'openai/gpt-4o', max_output_tokens: 1, input: 'hi', conversation: { id: 'c' } },
  ],
  ['a stored prompt', `${native}/responses`, { model: 'gpt-4o', max_output_tokens: 1, prompt: { id: 'p' } }],
  [
    'a search',
    `${native}/chat/completions`,
    { model: 'gpt-4o', max_tokens: 1, messages: words, web_search_options: {} },
  ],
  [
    'files to search',
    `${native}/responses`,
    { model: 'gpt-4o', max_output_tokens: 1, input: 'hi', tools: [{ type: 'file_search' }] },
  ],
  ['a job', `${native}/fine_tuning/jobs`, { model: 'gpt-4o-mini', training_file: 'f' }],
  [
    'a fragment',
    '/v1/acc/default',
    {
      provider: 'openai',
      endpoint: 'chat/completions#/count_tokens',
      headers: {},
      query: { model: 'gpt-4o', messages: words },
    },
  ],
  [
    'a tab',
    '/v1/acc/default',
    {
      provider: 'google-ai-studio',
      endpoint: 'v1beta/mo\tdels/gemini-2.5-pro:generateContent',
      headers: {},
      query: { model: 'x' },
    },
  ],
  [
    'an escape',
    '/v1/acc/default/google-ai-studio/v1beta/models/gemini-2.5-pro%3AgenerateContent',
    { model: 'gemini-2.5-flash-lite', contents: [] },
  ],
]

test.each(disguises)('%s passes no hard budget of a cent', async (_, path, body) => {
  const { send, sent } = await start([{ ...budget, limitNanoUsd: 10_000_000 }])
  expect((await send(path, body)).status).toBeGreaterThanOrEqual(400)
  expect(sent).toEqual([])
})

test('a price that the caller names does not fill a budget', async () => {
  const { chat, spent } = await start([budget])
  expect((await chat({}, { 'cf-aig-custom-cost': '{"total_cost":900000}' })).status).toBe(200)
  expect(await spent()).toEqual([costOfAnswer])
})

test('a request that is refused for want of money keeps no neurons from others', async () => {
  const { send, ledgers } = await start([{ ...budget, limitNanoUsd: 1 }])
  const model = 'workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast'
  for (let count = 0; count < 5; count++) expect((await send(chatPath, { model, messages: words })).status).toBe(429)
  const counter = { id: 'neurons', limit: 10_000_000, window: { kind: 'day' }, isHard: true } as const
  expect(await ledgers.open(ledgerName.neurons('acc')).read([counter])).toMatchObject([{ used: 0, held: 0 }])
})

test('a receipt that is none does not end up in sums', async () => {
  const receipts = [-1000, 1e300, 1e10]
  for (const cost of receipts) {
    const usage = { ...completion().usage, cost }
    const { rows, rowsReach, chat } = await start([budget], { answer: { ...completion(), usage } })
    await chat()
    await rowsReach(1)
    expect([rows[0]?.cost_nano_usd, rows[0]?.charged_nano_usd]).toEqual([costOfAnswer, costOfAnswer])
  }
})

test('a body that is nested without end is no error of ours', async () => {
  const { app, reports } = await start([budget])
  const deep = '['.repeat(8000) + ']'.repeat(8000)
  const response = await app.request(`${native}/chat/completions`, {
    method: 'POST',
    headers: { 'cf-aig-authorization': 'Bearer gw_test', 'content-type': 'application/json' },
    body: `{"model":"gpt-4o-mini","max_tokens":1,"messages":[],"extra":${deep}}`,
  })
  expect(response.status).toBe(200)
  expect(reports).toEqual([])
})
