import { describe, expect, test } from 'vitest'
import { cost, priceVersion, type Usage } from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)

/** Total and amounts by class. */
function bill(usage: Usage, name: string, time = at) {
  const [provider = '', ...rest] = name.split('/')
  const found = cost(usage, { provider, model: rest.join('/') }, time)
  return found && [found.nanoUsd, Object.fromEntries(found.lines.map((line) => [line.class, line.nanoUsd]))]
}

test('prices cached input apart from the rest', () => {
  // gpt-4o: $2.50 in, $1.25 cached, $10 out per million.
  // 1,000 × 2.50/10⁶ = $0.0025; 200 × 1.25/10⁶ = $0.00025; 500 × 10/10⁶ = $0.005.
  expect(cost({ input: 1000, cache_read: 200, output: 500 }, { provider: 'openai', model: 'gpt-4o' }, at)).toEqual({
    nanoUsd: 7_750_000,
    lines: [
      {
        class: 'input',
        quantity: 1000,
        unit: 'tokens',
        unitPrice: { nanoUsd: 2_500_000_000, per: 1_000_000 },
        nanoUsd: 2_500_000,
      },
      {
        class: 'cache_read',
        quantity: 200,
        unit: 'tokens',
        unitPrice: { nanoUsd: 1_250_000_000, per: 1_000_000 },
        nanoUsd: 250_000,
      },
      {
        class: 'output',
        quantity: 500,
        unit: 'tokens',
        unitPrice: { nanoUsd: 10_000_000_000, per: 1_000_000 },
        nanoUsd: 5_000_000,
      },
    ],
    priceVersion,
    model: 'gpt-4o',
  })
})

test('prices cache writes of five minutes and one hour', () => {
  // claude-opus-4-5: $5 in, $0.50 cached, $6.25 write 5 min (1.25 ×), $10 write 1 h (2 ×), $25 out per million.
  // 100 × 5 = 500 µ$; 2,000 × 0.5 = 1,000 µ$; 1,000 × 6.25 = 6,250 µ$; 300 × 10 = 3,000 µ$; 40 × 25 = 1,000 µ$.
  const usage = { input: 100, cache_read: 2000, cache_write_5m: 1000, cache_write_1h: 300, output: 40 }
  const amounts = {
    input: 500_000,
    cache_read: 1_000_000,
    cache_write_5m: 6_250_000,
    cache_write_1h: 3_000_000,
    output: 1_000_000,
  }
  expect(bill(usage, 'anthropic/claude-opus-4-5-20251101')).toEqual([11_750_000, amounts])
  expect(bill(usage, 'google-vertex-ai/anthropic/claude-opus-4-5@20251101')).toEqual([11_750_000, amounts])
  expect(bill(usage, 'aws-bedrock/global.anthropic.claude-opus-4-5-20251101-v1:0')).toEqual([11_750_000, amounts])
})

describe('a context tier', () => {
  // gemini-2.5-pro: $1.25 in and $10 out up to 200,000 input tokens; $2.50 and $15 past them.
  test('does not hold at its start', () => {
    // 200,000 × 1.25 = 250,000 µ$; 1,000 × 10 = 10,000 µ$.
    expect(bill({ input: 200_000, output: 1000 }, 'google-ai-studio/gemini-2.5-pro')).toEqual([
      260_000_000,
      { input: 250_000_000, output: 10_000_000 },
    ])
  })

  test('holds for the whole request, output and cache included, one token later', () => {
    // 1 × 2.50 = 2.5 µ$; cached 200,000 × 0.25 = 50,000 µ$; 1,000 × 15 = 15,000 µ$.
    expect(bill({ input: 1, cache_read: 200_000, output: 1000 }, 'google-ai-studio/gemini-2.5-pro')).toEqual([
      65_002_500,
      { input: 2500, cache_read: 50_000_000, output: 15_000_000 },
    ])
  })
})

test('prices reasoning as output unless the model has a price for it', () => {
  // gpt-5: $1.25 in, $10 out. 100 × 10 = 1,000 µ$, 900 × 10 = 9,000 µ$.
  expect(bill({ output: 100, reasoning: 900 }, 'openai/gpt-5')).toEqual([
    10_000_000,
    { output: 1_000_000, reasoning: 9_000_000 },
  ])
  // sonar-deep-research: $8 out, $3 reasoning. 100 × 8 = 800 µ$, 900 × 3 = 2,700 µ$.
  expect(bill({ output: 100, reasoning: 900 }, 'perplexity-ai/sonar-deep-research')).toEqual([
    3_500_000,
    { output: 800_000, reasoning: 2_700_000 },
  ])
})

test('prices audio tokens apart', () => {
  // gemini-2.5-flash: $0.30 in, $1 audio in per million. 1,000 × 0.3 = 300 µ$; 1,000 × 1 = 1,000 µ$.
  expect(bill({ input: 1000, input_audio: 1000 }, 'google-ai-studio/gemini-2.5-flash')).toEqual([
    1_300_000,
    { input: 300_000, input_audio: 1_000_000 },
  ])
})

test('prices Workers AI in neurons of $0.000011', () => {
  // llama-3.2-1b: 2,457 and 18,252 neurons per million: 1,000 in = 2.457, 500 out = 9.126; together 11.583 neurons.
  // × 11,000 nano-USD = 27,027 + 100,386 = 127,413 nano-USD.
  const found = cost(
    { input: 1000, output: 500 },
    { provider: 'workers-ai', model: '@cf/meta/llama-3.2-1b-instruct' },
    at,
  )
  expect(found).toMatchObject({ nanoUsd: 127_413, neurons: 11.583 })
})

test("takes Workers AI's own count of neurons as the whole bill, also of an unknown model", () => {
  // 12.5 neurons × 11,000 = 137,500 nano-USD.
  const found = cost({ input: 9, output: 9, neurons: 12.5 }, { provider: 'workers-ai', model: '@cf/new/model' }, at)
  expect(found).toMatchObject({ nanoUsd: 137_500, neurons: 12.5, lines: [{ class: 'neurons', quantity: 12.5 }] })
})

test('prices seconds and characters', () => {
  // Workers AI whisper: 41.14 neurons a minute. 90 s = 61.71 neurons = 678,810 nano-USD.
  expect(bill({ seconds: 90 }, 'workers-ai/@cf/openai/whisper')).toEqual([678_810, { seconds: 678_810 }])
  // aura-1: 1,363.64 neurons per 1,000 characters. 50 = 68.182 neurons = 750,002 nano-USD.
  expect(bill({ characters: 50 }, 'workers-ai/@cf/deepgram/aura-1')).toEqual([750_002, { characters: 750_002 }])
  // whisper-1: $0.006 a minute. 3.25 s × 0.006/60 = 325,000 nano-USD.
  expect(bill({ seconds: 3.25 }, 'openai/whisper-1')).toEqual([325_000, { seconds: 325_000 }])
})

test('bills ten seconds at least where every request pays them', () => {
  // groq whisper-large-v3-turbo: $0.04 an hour. 10 s × 0.04/3600 = 111,111.1 nano-USD; 90 s = 1,000,000.
  expect(bill({ seconds: 3.25 }, 'groq/whisper-large-v3-turbo')).toEqual([111_111, { seconds: 111_111 }])
  expect(bill({ seconds: 90 }, 'groq/whisper-large-v3-turbo')?.[0]).toBe(1_000_000)
  expect(bill({ seconds: 0 }, 'groq/whisper-large-v3-turbo')).toEqual([0, {}])
})

test('adds the fee per request where there is one', () => {
  // sonar: $1 in per million, $12 per thousand requests. 1,000 × 1 = 1,000 µ$, 1 × 12,000 µ$.
  expect(bill({ input: 1000 }, 'perplexity-ai/sonar')).toEqual([13_000_000, { input: 1_000_000, calls: 12_000_000 }])
})

test('honours the date and the time of day', () => {
  // o3 fell from $10 to $2 in per million on 2025-06-10.
  expect(bill({ input: 100 }, 'openai/o3', Date.UTC(2025, 5, 9, 23, 59, 59))?.[0]).toBe(1_000_000)
  expect(bill({ input: 100 }, 'openai/o3', Date.UTC(2025, 5, 10))?.[0]).toBe(200_000)
})

test('rounds each line half up', () => {
  // llama-3.2-3b on Workers AI: $0.050875 in per million: 10 tokens are 508.75 nano-USD, 2 are 101.75, 4 are 203.5.
  const input = (tokens: number) => bill({ input: tokens }, 'workers-ai/@cf/meta/llama-3.2-3b-instruct')?.[0]
  expect([input(10), input(2), input(4)]).toEqual([509, 102, 204])
})

test('answers undefined, never 0, where a price is unknown', () => {
  expect(bill({ input: 1 }, 'openai/no-such-model')).toBeUndefined()
  expect(bill({ input: 1 }, 'no-such-provider/gpt-5')).toBeUndefined()
  expect(bill({ input: 1 }, 'workers-ai/@cf/new/model')).toBeUndefined()
  expect(bill({ input: 1, seconds: 3 }, 'openai/gpt-5')).toBeUndefined()
})

test('answers undefined for quantities that nobody can have used', () => {
  expect(bill({ input: -1 }, 'openai/gpt-5')).toBeUndefined()
  expect(bill({ input: Number.NaN }, 'openai/gpt-5')).toBeUndefined()
  expect(bill({ input: Number.POSITIVE_INFINITY }, 'openai/gpt-5')).toBeUndefined()
})

test('costs 0 where nothing was used or the model is free', () => {
  expect(bill({}, 'openai/gpt-5')).toEqual([0, {}])
  expect(bill({ input: 0, output: 0 }, 'openai/gpt-5')).toEqual([0, {}])
  expect(bill({ input: 1000, output: 10 }, 'openrouter/google/gemma-2-9b-it:free')).toEqual([
    0,
    { input: 0, output: 0 },
  ])
  expect(bill({ input: 1000, output: 10 }, 'ollama/llama3')).toEqual([0, { input: 0, output: 0 }])
})
