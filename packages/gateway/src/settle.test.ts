import { builtinProviders, createProviders, openaiChat, type ChatUsage } from '@gw/adapters'
import { expect, test } from 'vitest'
import type { ChatLeg } from './plan.ts'
import { settle } from './settle.ts'
import type { Relayed } from './streams/create-reading.ts'
import { nothingSeen } from './streams/tap.ts'

const providers = createProviders(builtinProviders)
const at = Date.parse('2026-11-01')

function legOf(providerId: string, model: string, text = ''): ChatLeg {
  const provider = providers.find(providerId)
  if (!provider?.wire) throw new Error(providerId)
  const chat = {
    format: openaiChat,
    text,
    body: {},
    model,
    stream: true,
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
    options: {},
  }
}

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
  const settled = settle({ leg: legOf('openai', 'gpt-5'), relayed: relayed(usage), customCost: undefined, at })
  expect(settled.usage).toEqual({ input: 600, cache_read: 400, output: 200, reasoning: 100 })
  // gpt-5: $1.25 in, $0.125 cached, $10 out per million. 600×1250 + 400×125 + 300×10,000 nano-USD.
  expect([settled.usage_source, settled.cost_nano_usd]).toEqual(['reported', 750_000 + 50_000 + 3_000_000])
})

test("the provider's own receipt wins over the catalog", () => {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.000123456 }
  const settled = settle({
    leg: legOf('openrouter', 'openai/gpt-5'),
    relayed: relayed(usage),
    customCost: undefined,
    at,
  })
  expect([settled.cost_nano_usd, settled.price_version]).toEqual([123_456, 'provider-receipt'])
})

test("the caller's own price wins over both", () => {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 9 }
  const settled = settle({
    leg: legOf('openai', 'gpt-5'),
    relayed: relayed(usage),
    customCost: { totalCost: 0.05 },
    at,
  })
  expect(settled.cost_nano_usd).toBe(50_000_000)
})

test('output without usage is estimated at four characters a token', () => {
  const leg = legOf('openai', 'gpt-4o-mini', 'x'.repeat(401))
  const settled = settle({ leg, relayed: relayed(undefined, { outputCharacters: 40 }), customCost: undefined, at })
  expect([settled.usage, settled.usage_source]).toEqual([{ input: 101, output: 10 }, 'estimated'])
})

test('nothing answered costs nothing', () => {
  const settled = settle({
    leg: legOf('openai', 'gpt-5'),
    relayed: relayed(undefined, { hasOutput: false }),
    customCost: undefined,
    at,
  })
  expect([settled.usage_source, settled.cost_nano_usd]).toEqual(['free_failed', 0])
})

test('an unknown price is null', () => {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  const settled = settle({ leg: legOf('openai', 'nobody-knows-1'), relayed: relayed(usage), customCost: undefined, at })
  expect(settled.cost_nano_usd).toBe(null)
})
