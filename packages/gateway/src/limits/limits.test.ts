import { expect, test } from 'vitest'
import { createGate } from '../__fixtures__/create-gate.ts'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import { createPermits } from '../ledger/create-permits.ts'
import { LedgerUnavailable } from '../ledger/ledger-unavailable.ts'
import type { Ledgers } from '../ledger/ledger.ts'
import { createMemoryAccountStore } from '../people/create-memory-account-store.ts'
import type { Tier } from '../people/tier-store.ts'

const free: Tier = { id: 'FREE', name: 'Free', requestsPerDay: 10, requestsPerMinute: null, tokensPerMinute: null }
const completion = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
}
/** 2026-11-18 11:06:40 UTC, the clock of the memory gateway. */
const now = 1_795_000_000_000
const untilMidnight = (86_400_000 - (now % 86_400_000)) / 1000

async function start(change: Parameters<typeof startMemoryGateway>[1], gate?: Promise<void>) {
  let calls = 0
  const answer = async (): Promise<Response> => {
    calls += 1
    await gate
    return Response.json(completion)
  }
  const gateway = await startMemoryGateway(answer, change)
  const chat = (body: object = {}): Promise<Response> =>
    Promise.resolve(
      gateway.app.request('/v1/chat/completions', {
        method: 'POST',
        headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }], ...body }),
      }),
    )
  return { ...gateway, chat, calls: () => calls }
}

const tierOf = (tier: Tier) => createMemoryAccountStore({ tier })

test('a free tier has ten requests a day, and says so on each', async () => {
  const { chat, calls, rows, rowsReach } = await start({ accounts: tierOf(free) })
  const answers = await Promise.all(Array.from({ length: 12 }, () => chat()))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(200), 429, 429])
  expect(calls()).toBe(10)
  const passed = answers.find(({ status }) => status === 200)
  expect(passed?.headers.get('ratelimit-limit')).toBe('10')
  expect(passed?.headers.get('ratelimit-policy')).toBe('10;w=86400')
  expect(passed?.headers.get('ratelimit-reset')).toBe(String(untilMidnight))
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.headers.get('ratelimit-remaining')).toBe('0')
  expect(refused?.headers.get('retry-after')).toBe(String(untilMidnight))
  expect(await refused?.json()).toMatchObject({
    error: { type: 'rate_limit_error', message: expect.stringContaining('The tier Free allows 10 requests a day') },
  })
  await rowsReach(12)
  expect(rows.filter(({ ending }) => ending === 'rejected')).toHaveLength(2)
  expect(rows.every(({ unchecked }) => !unchecked)).toBe(true)
})

test('a gateway has a window of its own for everyone', async () => {
  const settings = { rate_limiting_limit: 3, rate_limiting_interval: 60, rate_limiting_technique: 'fixed' as const }
  const gateways = createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }])
  const { chat } = await start({ gateways })
  const statuses = [await chat(), await chat(), await chat(), await chat()].map(({ status }) => status)
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('tokens of a minute are set aside at most, and given back to what was used', async () => {
  const tier = { ...free, requestsPerDay: null, tokensPerMinute: 5000 }
  const gate = createGate()
  const { chat, rowsReach } = await start({ accounts: tierOf(tier) }, gate.opened)
  // Each may use 2,048 tokens of frame, its bytes and 100 of output; of 5,000 that fits twice at once, and then again.
  const asked = [chat({ max_tokens: 100 }), chat({ max_tokens: 100 }), chat({ max_tokens: 100 })]
  await rowsReach(1)
  gate.open()
  const atOnce = await Promise.all(asked)
  expect(atOnce.map(({ status }) => status).toSorted()).toEqual([200, 200, 429])
  await rowsReach(3)
  expect((await chat({ max_tokens: 100 })).status).toBe(200)
})

test('while a ledger cannot be reached a tenth of the limit passes, marked as unchecked', async () => {
  const down = (): Promise<never> => Promise.reject(new LedgerUnavailable('down'))
  const ledgers: Ledgers = {
    open: () => ({ reserve: down, settle: down, extend: down, take: down, read: down }),
  }
  const tier = { ...free, requestsPerDay: 100 }
  const permits = createPermits({ ledgers, now: () => now })
  const { chat, calls, rows, rowsReach, alerts } = await start({ accounts: tierOf(tier), ledgers, permits })
  const answers = await Promise.all(Array.from({ length: 15 }, () => chat()))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
  expect(calls()).toBe(10)
  await rowsReach(15)
  expect(rows.every(({ unchecked }) => unchecked)).toBe(true)
  expect(alerts).toContainEqual(expect.objectContaining({ kind: 'limits_unchecked' }))
})
