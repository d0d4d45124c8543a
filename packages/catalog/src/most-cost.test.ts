import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cost,
  listModels,
  mostCost,
  mostNeurons,
  neuronsOf,
  type ModelRef,
  type MostUsage,
  type PriceOverride,
  type Usage,
} from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)

function most(usage: MostUsage, name: string): number | undefined {
  const [provider = '', ...rest] = name.split('/')
  return mostCost(usage, { provider, model: rest.join('/') }, at)
}

test('takes the dearest class of each side, and room for rounding', () => {
  // gpt-4o: $2.50 in, $10 out. 1,000 × 2.5 + 500 × 10 = 7,500 µ$, and 3 + 2 nano-USD.
  expect(most({ inputTokens: 1000, outputTokens: 500 }, 'openai/gpt-4o')).toBe(7_500_005)
  // claude-opus-4-5: writes for an hour cost $10, for five minutes $6.25, input $5, output $25.
  const usage = { inputTokens: 1000, outputTokens: 100 }
  expect(most(usage, 'anthropic/claude-opus-4-5')).toBe(12_500_005)
  expect(most({ ...usage, inputClasses: ['cache_write_5m'] }, 'anthropic/claude-opus-4-5')).toBe(8_750_005)
  expect(most({ ...usage, inputClasses: [] }, 'anthropic/claude-opus-4-5')).toBe(7_500_005)
})

test('takes the tier that the input can reach', () => {
  // gemini-2.5-pro: $1.25 and $10 up to 200,000 tokens, then $2.50 and $15.
  expect(most({ inputTokens: 200_000, outputTokens: 0 }, 'google-ai-studio/gemini-2.5-pro')).toBe(250_000_003)
  expect(most({ inputTokens: 200_001, outputTokens: 1 }, 'google-ai-studio/gemini-2.5-pro')).toBe(500_017_505)
})

test('bounds what is not said by the limits of the model', () => {
  // gpt-4o: context 128,000, output 16,384. 128,000 × 2.5 = 320,000 µ$; 16,384 × 10 = 163,840 µ$.
  expect(most({ outputTokens: 0 }, 'openai/gpt-4o')).toBe(320_000_003)
  // A batch may be longer than a window: 9,000,000 × 2.5 = 22,500,000 µ$.
  expect(most({ inputTokens: 9_000_000, outputTokens: 0 }, 'openai/gpt-4o')).toBe(22_500_000_003)
  // Three answers: 3 × 16,384 × 10 = 491,520 µ$.
  expect(most({ inputTokens: 0, answers: 3 }, 'openai/gpt-4o')).toBe(491_520_002)
  expect(most({}, 'openai/gpt-4o')).toBe(483_840_005)
  const own: PriceOverride = { id: 'a', provider: 'acme', model: '*', prices: { input: 1, output: 1 } }
  const acme = { provider: 'acme', model: 'm' }
  // No limit is known: 16,384 tokens of output at $1 per million, and input only where it is bounded.
  expect(mostCost({ inputTokens: 0 }, acme, { at, overrides: [own] })).toBe(16_384_002)
  expect(mostCost({}, acme, { at, overrides: [own] })).toBeUndefined()
})

test('adds the fee of a call, and web searches where they are allowed for', () => {
  // sonar: $12 per 1,000 calls, $1 per million in and out.
  expect(most({ inputTokens: 1000, outputTokens: 0 }, 'perplexity-ai/sonar')).toBe(13_000_003)
  // claude-opus-4-5: $10 per 1,000 searches.
  const plain = { inputTokens: 0, outputTokens: 0 }
  expect(most(plain, 'anthropic/claude-opus-4-5')).toBe(0)
  expect(most({ ...plain, searches: 3 }, 'anthropic/claude-opus-4-5')).toBe(30_000_000)
})

test('takes the dearest variant that is not said, and ignores units that nobody charges', () => {
  expect(most({ images: 2 }, 'openai/dall-e-3')).toBe(240_000_000)
  const hd = { provider: 'openai', model: 'dall-e-3', variant: { quality: 'hd', size: '1024x1024' } }
  expect(mostCost({ images: 2 }, hd, at)).toBe(160_000_000)
  expect(most({ inputTokens: 1000, outputTokens: 0, images: 1, characters: 9 }, 'openai/gpt-4o')).toBe(2_500_003)
  expect(most({ inputTokens: 1000, characters: 1000 }, 'openai/tts-1')).toBe(15_000_000)
})

test('answers undefined where a price, or how much of a priced unit, is unknown', () => {
  expect(most({ inputTokens: 1 }, 'openai/no-such-model')).toBeUndefined()
  expect(most({ inputTokens: 1 }, 'openai/whisper-1')).toBeUndefined()
  expect(most({ images: 1 }, 'workers-ai/@cf/black-forest-labs/flux-1-schnell')).toBeUndefined()
  expect(most({ inputTokens: -1, outputTokens: 1 }, 'openai/gpt-4o')).toBeUndefined()
})

test('costs nothing on own machines, whatever it is', () => {
  expect(most({}, 'ollama/llama3')).toBe(0)
  expect(most({ inputTokens: 5, outputTokens: 5, images: 1 }, 'sim/any')).toBe(0)
})

test('says the neurons too', () => {
  // llama-3.2-1b: 2,457 and 18,252 neurons per million: 2.457 + 9.126 = 11.583 neurons.
  const model = '@cf/meta/llama-3.2-1b-instruct'
  expect(neuronsOf({ input: 1000, output: 500 }, model)).toBe(11_583)
  expect(neuronsOf({ input: 1 }, model)).toBe(2)
  expect(neuronsOf({ input: 9, neurons: 1.9804 }, '@cf/new/model')).toBe(1980)
  expect(neuronsOf({ input: 9 }, '@cf/new/model')).toBeUndefined()
  expect(neuronsOf({ neurons: -1 }, model)).toBeUndefined()
  expect(neuronsOf({ images: 1 }, '@cf/black-forest-labs/flux-1-schnell', { size: '1024x1024', steps: 4 })).toBe(
    172_800,
  )
  // Rounded up, with the room for rounding.
  expect(mostNeurons({ inputTokens: 1000, outputTokens: 500 }, model)).toBe(11_584)
  expect(mostNeurons({ inputTokens: 1 }, '@cf/new/model')).toBeUndefined()
})

const tokens = fc.integer({ min: 0, max: 300_000 })
const few = fc.integer({ min: 0, max: 20 })
const usages: fc.Arbitrary<Usage> = fc.record(
  {
    input: tokens,
    cache_read: tokens,
    cache_write_5m: tokens,
    cache_write_1h: tokens,
    input_audio: tokens,
    input_image: tokens,
    output: tokens,
    reasoning: tokens,
    output_audio: tokens,
    output_image: tokens,
    characters: few,
    seconds: few,
    images: few,
    pages: few,
    searches: few,
    search_units: few,
    calls: few,
  },
  { requiredKeys: [] },
)

/** The closest bounds that the usage is within. */
function boundsOf(usage: Usage): Required<Omit<MostUsage, 'inputClasses'>> {
  const of = (...names: (keyof Usage)[]) => names.reduce((sum, name) => sum + (usage[name] ?? 0), 0)
  return {
    answers: 1,
    inputTokens: of('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image'),
    outputTokens: of('output', 'reasoning', 'output_audio', 'output_image'),
    characters: of('characters'),
    seconds: of('seconds'),
    images: of('images'),
    pages: of('pages'),
    searches: of('searches'),
    search_units: of('search_units'),
    calls: usage.calls ?? 1,
  }
}

const models = listModels(at)
const variants = fc.constantFrom(
  undefined,
  { size: '1024x1024', quality: 'hd' },
  { size: '1024x1024', quality: 'low', steps: 4 },
  { mode: 'annotated' },
  { quality: 'turbo' },
)

/** What of a usage the model has a price for. */
function billable(usage: Usage, ref: ModelRef): Usage {
  const classes = Object.entries(usage).filter(([name]) => cost({ [name]: 1 }, ref, at) !== undefined)
  return Object.fromEntries(classes)
}

test('no usage within the bounds costs more', () => {
  let priced = 0
  fc.assert(
    fc.property(usages, fc.constantFrom(...models), variants, (used, { provider, model, contextWindow }, variant) => {
      const ref: ModelRef = { provider, model, ...(variant && { variant }) }
      const usage = billable(used, ref)
      const bounds = boundsOf(usage)
      const bill = cost(usage, ref, at)
      if (!bill?.lines.length || bounds.inputTokens > (contextWindow ?? Number.POSITIVE_INFINITY)) return
      priced += 1
      expect(mostCost(bounds, ref, at) ?? Number.NaN).toBeGreaterThanOrEqual(bill.nanoUsd)
      const unsaid = mostCost(bounds, { provider, model }, at) ?? Number.POSITIVE_INFINITY
      expect(unsaid).toBeGreaterThanOrEqual(bill.nanoUsd)
    }),
    { numRuns: 6000 },
  )
  expect(priced).toBeGreaterThan(1000)
})

test('tokens alone are bounded for every model that can be billed for them', () => {
  const textual = fc.record(
    { input: tokens, cache_read: tokens, output: tokens, reasoning: tokens },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(textual, fc.constantFrom(...models), (usage, model) => {
      const { inputTokens, outputTokens } = boundsOf(usage)
      const bill = cost(usage, model, at)
      if (!bill || bill.lines.length === 0 || inputTokens > (model.contextWindow ?? Number.POSITIVE_INFINITY)) return
      expect(mostCost({ inputTokens, outputTokens }, model, at)).toBeGreaterThanOrEqual(bill.nanoUsd)
    }),
    { numRuns: 3000 },
  )
})

test('no usage within the bounds uses more neurons', () => {
  const textual = fc.record(
    { input: tokens, cache_read: tokens, output: tokens, reasoning: tokens },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(textual, fc.constantFrom(...listModels(at, 'workers-ai')), (usage, { model, contextWindow = 0 }) => {
      const { inputTokens, outputTokens } = boundsOf(usage)
      const neurons = neuronsOf(usage, model)
      if (!neurons || (contextWindow > 0 && inputTokens > contextWindow)) return
      expect(mostNeurons({ inputTokens, outputTokens }, model) ?? Number.NaN).toBeGreaterThanOrEqual(neurons)
    }),
    { numRuns: 2000 },
  )
})
