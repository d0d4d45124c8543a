import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChatUsage } from './chat.ts'
import { toUsage, type Usage } from './usage.ts'

const sumOf = (usage: Usage): number => Object.values(usage).reduce((sum, tokens) => sum + tokens, 0)

describe('usage', () => {
  test.each<[string, ChatUsage, Usage]>([
    [
      'has only input and output',
      { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
      { input: 7, output: 3 },
    ],
    [
      'takes cached, cache-written and reasoning tokens out of what includes them',
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 30, cache_write_1h_tokens: 10 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 10, cache_read: 60, cache_write_5m: 20, cache_write_1h: 10, output: 30, reasoning: 20 },
    ],
    [
      'takes audio and images out',
      {
        prompt_tokens: 50,
        completion_tokens: 40,
        total_tokens: 90,
        prompt_tokens_details: { audio_tokens: 20, image_tokens: 5 },
        completion_tokens_details: { audio_tokens: 30, image_tokens: 4 },
      },
      { input: 25, input_audio: 20, input_image: 5, output: 6, output_audio: 30, output_image: 4 },
    ],
    [
      'counts hidden reasoning that only the total shows (Google behind the OpenAI dialect)',
      { prompt_tokens: 66, completion_tokens: 6, total_tokens: 100 },
      { input: 66, output: 6, reasoning: 28 },
    ],
    [
      'counts audio beside the prompt (Mistral)',
      {
        prompt_tokens: 11,
        completion_tokens: 15,
        total_tokens: 401,
        prompt_tokens_details: { audio_tokens: 375, cached_tokens: 9 },
      },
      { input: 2, cache_read: 9, input_audio: 375, output: 15 },
    ],
    [
      'counts reasoning beside the completion (xAI)',
      {
        prompt_tokens: 12,
        completion_tokens: 1,
        total_tokens: 303,
        completion_tokens_details: { reasoning_tokens: 290 },
      },
      { input: 12, output: 1, reasoning: 290 },
    ],
    [
      'adds reasoning that is more than the completion and the total have room for',
      {
        prompt_tokens: 28,
        completion_tokens: 5,
        total_tokens: 33,
        completion_tokens_details: { reasoning_tokens: 48 },
      },
      { input: 28, output: 5, reasoning: 48 },
    ],
    [
      'has no more cached tokens than the prompt',
      { prompt_tokens: 29, completion_tokens: 6, total_tokens: 35, prompt_tokens_details: { cached_tokens: 157 } },
      { input: 0, cache_read: 29, output: 6 },
    ],
  ])('%s', (_, reported, expected) => {
    expect(toUsage(reported)).toEqual(expected)
  })

  test('has classes that sum to the total, none of them negative', () => {
    const count = fc.nat({ max: 10_000 })
    const shares = fc.record({ cached: count, write: count, write1h: count, audio: count, image: count })
    const totals = fc.record({ input: count, output: count })
    const property = fc.property(totals, shares, shares, ({ input, output }, prompt, completion) => {
      const reasoning = Math.min(completion.cached, output)
      const usage = toUsage({
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
        prompt_tokens_details: {
          cached_tokens: prompt.cached,
          cache_write_tokens: prompt.write,
          cache_write_1h_tokens: prompt.write1h,
          audio_tokens: prompt.audio,
          image_tokens: prompt.image,
        },
        completion_tokens_details: {
          reasoning_tokens: reasoning,
          audio_tokens: completion.audio,
          image_tokens: completion.image,
        },
      })
      expect(sumOf(usage)).toBe(input + output)
      expect(Object.values(usage).every((tokens) => tokens >= 0)).toBe(true)
    })
    fc.assert(property)
  })

  test('keeps every class as reported where the parts fit', () => {
    const part = fc.nat({ max: 1000 })
    const parts = fc.record({ rest: part, cached: part, write: part, words: part, reasoning: part })
    const property = fc.property(parts, ({ rest, cached, write, words, reasoning }) => {
      const usage = toUsage({
        prompt_tokens: rest + cached + write,
        completion_tokens: words + reasoning,
        total_tokens: rest + cached + write + words + reasoning,
        prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: write },
        completion_tokens_details: { reasoning_tokens: reasoning },
      })
      expect({ cache_read: 0, cache_write_5m: 0, reasoning: 0, ...usage }).toEqual({
        input: rest,
        cache_read: cached,
        cache_write_5m: write,
        output: words,
        reasoning,
      })
    })
    fc.assert(property)
  })
})
