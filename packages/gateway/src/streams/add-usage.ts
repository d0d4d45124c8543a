import { toUsage, type ChatUsage } from '@gw/adapters'
import type { AnswerCost } from '../money/cost-of-answer.ts'
import { sumUsage } from '../money/sum-usage.ts'

/** The usage of the last part of a stream as that of all of it; its cost too, where the last part says one. */
export function addUsage(last: ChatUsage, before: Pick<AnswerCost, 'usage' | 'cost_nano_usd'>): ChatUsage {
  const { cost, total_tokens: _, prompt_tokens_details: inside, completion_tokens_details: outside, ...rest } = last
  const { input = 0, output = 0, ...parts } = sumUsage(before.usage, toUsage(last))
  const { cache_read = 0, cache_write_5m = 0, cache_write_1h = 0, input_audio = 0, input_image = 0 } = parts
  const { reasoning = 0, output_audio = 0, output_image = 0 } = parts
  const prompt_tokens = input + cache_read + cache_write_5m + cache_write_1h + input_audio + input_image
  const completion_tokens = output + reasoning + output_audio + output_image
  const prompt_tokens_details = {
    ...inside,
    ...positive({
      cached_tokens: cache_read,
      cache_write_tokens: cache_write_5m + cache_write_1h,
      cache_write_1h_tokens: cache_write_1h,
      audio_tokens: input_audio,
      image_tokens: input_image,
    }),
  }
  const completion_tokens_details = {
    ...outside,
    ...positive({ reasoning_tokens: reasoning, audio_tokens: output_audio, image_tokens: output_image }),
  }
  return {
    ...rest,
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    ...(Object.keys(prompt_tokens_details).length > 0 && { prompt_tokens_details }),
    ...(Object.keys(completion_tokens_details).length > 0 && { completion_tokens_details }),
    ...(cost !== undefined && before.cost_nano_usd !== null && { cost: cost + before.cost_nano_usd / 1e9 }),
  }
}

/** The counts that are none are left out. */
const positive = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
