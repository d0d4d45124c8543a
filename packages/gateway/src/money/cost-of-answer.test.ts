import { builtinProviders, createProviders, openaiChat, type ChatUsage } from '@gw/adapters'
import type { GatewayOptions } from '@gw/headers'
import { expect, test } from 'vitest'
import type { ChatLeg } from '../plan.ts'
import { costOfAnswer, type AnsweredLeg } from './cost-of-answer.ts'
import type { Relayed } from '../streams/create-reading.ts'
import { nothingSeen } from '../streams/tap.ts'

const providers = createProviders(builtinProviders)
const at = Date.parse('2026-11-01')

interface LegWords {
  text?: string
  options?: GatewayOptions
}

function legOf(providerId: string, model: string, { text = '', options = {} }: LegWords = {}): ChatLeg {
  const provider = providers.find(providerId)
  if (!provider?.wire) throw new Error(providerId)
  const chat = {
    format: openaiChat,
    text,
    body: {},
    model,
    stream: true,
    isExpanded: false,
    constraints: undefined,
    wantsCost: false,
    request: () => ({ model, messages: [] }),
  }
  const retry = { maxAttempts: 1, retryDelayMs: 0, backoff: 'constant' as const }
  return {
    kind: 'chat',
    step: 0,
    provider,
    api: { wire: provider.wire },
    betas: { values: [], dropped: [] },
    model,
    chat,
    price: undefined,
    secret: undefined,
    retry,
    options,
    onBreak: 'error',
    isFree: false,
  }
}

/** What an answer of the environment's key cost. */
const costOf = (leg: ChatLeg, said: Relayed, change: Partial<AnsweredLeg> = {}) =>
  costOfAnswer({ leg, keySource: 'environment', relayed: said, prices: [], at, ...change })

function relayed(usage: ChatUsage | undefined, change: Partial<Relayed['seen']> = {}): Relayed {
  return { ending: 'complete', firstOutputAt: undefined, seen: { ...nothingSeen(), hasOutput: true, usage, ...change } }
}

test('reported usage is split into disjoint classes and priced', () => {
  const usage = {
    prompt_tokens: 1000,
    completion_tokens: 300,
    total_tokens: 1300,
    prompt_tokens_details: { cached_tokens: 400 },
    completion_tokens_details: { reasoning_tokens: 100 },
  }
  const cost = costOf(legOf('openai', 'gpt-5'), relayed(usage))
  expect(cost.usage).toEqual({ input: 600, cache_read: 400, output: 200, reasoning: 100 })
  // gpt-5: $1.25 in, $0.125 cached, $10 out per million. 600×1250 + 400×125 + 300×10,000 nano-USD.
  expect([cost.usage_source, cost.cost_nano_usd]).toEqual(['reported', 750_000 + 50_000 + 3_000_000])
})

const small = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }

test("the provider's own receipt wins over the catalog", () => {
  const usage = { ...small, cost: 0.000123456 }
  const cost = costOf(legOf('openrouter', 'openai/gpt-5'), relayed(usage))
  expect([cost.cost_nano_usd, cost.price_version]).toEqual([123_456, 'provider-receipt'])
})

test("the caller's own price wins over both, and the list price stays known for budgets", () => {
  const leg = legOf('openai', 'gpt-5', { options: { customCost: { totalCost: 0.05 } } })
  expect(costOf(leg, relayed({ ...small, cost: 9 }))).toMatchObject({
    cost_nano_usd: 50_000_000,
    list_nano_usd: 9_000_000_000,
  })
})

test("an organisation's own price wins over the catalog", () => {
  const prices = [
    { id: 'p', orgId: 'acme', createdAt: 0, provider: 'openai', model: 'gpt-5', prices: { input: 1, output: 2 } },
  ]
  const cost = costOf(legOf('openai', 'gpt-5'), relayed(small), { prices })
  // 10 × 1,000 + 5 × 2,000 nano-USD.
  expect(cost.cost_nano_usd).toBe(20_000)
  expect(cost.price_version).toMatch(/^override:p/)
})

test('output without usage is estimated at four characters a token', () => {
  const leg = legOf('openai', 'gpt-4o-mini', { text: 'x'.repeat(401) })
  const cost = costOf(leg, relayed(undefined, { outputCharacters: 40 }))
  expect([cost.usage, cost.usage_source]).toEqual([{ input: 101, output: 10 }, 'estimated'])
})

test('an answer that broke off after a first count is estimated from what was delivered', () => {
  const begun = { prompt_tokens: 25, completion_tokens: 1, total_tokens: 26 }
  const broken = relayed({ ...begun, is_preliminary: true }, { outputCharacters: 160 })
  const cost = costOf(legOf('openai', 'gpt-4o-mini'), broken)
  // 25 × 150 + 40 × 600 nano-USD.
  expect(cost).toMatchObject({ usage: { input: 25, output: 40 }, usage_source: 'estimated', cost_nano_usd: 27_750 })
  const whole = relayed(begun, { outputCharacters: 160 })
  expect(costOf(legOf('openai', 'gpt-4o-mini'), whole)).toMatchObject({
    usage: { output: 1 },
    usage_source: 'reported',
  })
})

test('nothing answered costs nothing', () => {
  const cost = costOf(legOf('openai', 'gpt-5'), relayed(undefined, { hasOutput: false }))
  expect([cost.usage_source, cost.cost_nano_usd]).toEqual(['free_failed', 0])
})

test('an unknown price is null', () => {
  expect(costOf(legOf('openai', 'nobody-knows-1'), relayed(small)).cost_nano_usd).toBe(null)
})

test('the free level costs nothing, and counts neurons', () => {
  const leg = legOf('workers-ai', '@cf/meta/llama-3.2-1b-instruct')
  const usage = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 }
  // 2,457 neurons per million in, 18,252 out: 2.457 + 9.126 neurons.
  const neurons = 11_583
  expect(costOf(leg, relayed(usage), { keySource: 'free' })).toMatchObject({
    usage: { input: 1000, output: 500 },
    cost_nano_usd: 0,
    milli_neurons: neurons,
  })
  // With a key it costs $0.011 per 1,000 neurons: 2,457 and 9,126 thousandths at 11 nano-USD.
  expect(costOf(leg, relayed(usage))).toMatchObject({ cost_nano_usd: neurons * 11, milli_neurons: neurons })
})
