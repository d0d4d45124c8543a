import { calcPrice } from '@pydantic/genai-prices'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cost, listModels, type ModelRef, type Usage } from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)
const models = listModels(at).filter(({ provider }) => provider !== 'huggingface')
const model = fc.constantFrom(...models)
const tokens = fc.integer({ min: 0, max: 2_000_000 })
const usage: fc.Arbitrary<Usage> = fc.record(
  {
    input: tokens,
    cache_read: tokens,
    cache_write_5m: tokens,
    cache_write_1h: tokens,
    output: tokens,
    reasoning: tokens,
    input_audio: tokens,
    output_audio: tokens,
  },
  { requiredKeys: [] },
)

test('lines sum to the total, are whole and never negative', () => {
  fc.assert(
    fc.property(usage, model, (used, ref) => {
      const bill = cost(used, ref, at)
      if (!bill) return
      expect(bill.lines.reduce((sum, line) => sum + line.nanoUsd, 0)).toBe(bill.nanoUsd)
      expect(bill.lines.every((line) => Number.isSafeInteger(line.nanoUsd) && line.nanoUsd >= 0)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('more tokens never cost less', () => {
  fc.assert(
    fc.property(usage, usage, model, (one, other, ref) => {
      const classes = new Set([...Object.keys(one), ...Object.keys(other)])
      const sum: Usage = Object.fromEntries(
        [...classes].map((name) => {
          const get = (used: object): number => new Map<string, number>(Object.entries(used)).get(name) ?? 0
          return [name, get(one) + get(other)]
        }),
      )
      const whole = cost(sum, ref, at)
      const part = cost(one, ref, at)
      return !whole || !part || whole.nanoUsd >= part.nanoUsd
    }),
    { numRuns: 1000 },
  )
  expect(models.length).toBeGreaterThan(1000)
})

/** Provider of ours → provider of the data whose own arithmetic judges ours. */
const judges: Record<string, string> = {
  openai: 'openai',
  anthropic: 'anthropic',
  'google-ai-studio': 'google',
  groq: 'groq',
  deepseek: 'deepseek',
  grok: 'x-ai',
  mistral: 'mistral',
  together: 'together',
  cerebras: 'cerebras',
  fireworks: 'fireworks',
  openrouter: 'openrouter',
  cohere: 'cohere',
  'aws-bedrock': 'aws',
}

test('agrees with the arithmetic of genai-prices on every model, tier and time', () => {
  const judged = models.filter((one) => theirs(one, {}, at)?.model.id === one.model)
  expect(judged.length).toBeGreaterThan(1000)
  const times = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 5, 1) })
  const amounts = fc.record({ input: tokens, cache_read: tokens, cache_write_5m: tokens, output: tokens })
  fc.assert(
    fc.property(fc.constantFrom(...judged), amounts, times, (ref, used, time) => {
      const ours = cost(used, ref, time)
      if (!ours) return
      const nanoUsd = (theirs(ref, used, time)?.total_price ?? Number.NaN) * 1e9
      // One half per line, and what floating point loses in theirs.
      expect(Math.abs(ours.nanoUsd - nanoUsd)).toBeLessThan(3 + nanoUsd * 1e-6)
    }),
    { numRuns: 5000 },
  )
})

function theirs({ provider, model }: ModelRef, used: Usage, time: number) {
  const { input = 0, cache_read: cacheRead = 0, cache_write_5m: cacheWrite = 0, output = 0 } = used
  const inclusive = {
    input_tokens: input + cacheRead + cacheWrite,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    output_tokens: output,
  }
  const providerId = judges[provider]
  return providerId ? calcPrice(inclusive, model, { providerId, timestamp: new Date(time) }) : null
}

test("Workers AI's neurons agree with the dollars of the data, which are rounded to a tenth of a cent", () => {
  const apart = listModels(at, 'workers-ai').filter(({ model, inputPerMillionUsd }) => {
    const dollars = calcPrice({ input_tokens: 1_000_000 }, model, { providerId: 'cloudflare', timestamp: new Date(at) })
    return dollars && inputPerMillionUsd !== undefined && Math.abs(inputPerMillionUsd - dollars.total_price) > 0.001
  })
  expect(apart).toEqual([])
})
