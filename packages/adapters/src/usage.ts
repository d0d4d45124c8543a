import type { ChatUsage } from './chat.ts'

/** Tokens in classes that do not overlap; their sum is the provider's total. */
export interface Usage {
  input?: number
  cache_read?: number
  cache_write_5m?: number
  cache_write_1h?: number
  output?: number
  reasoning?: number
  input_audio?: number
  output_audio?: number
  input_image?: number
  output_image?: number
}

/** Splits OpenAI's inclusive counts into disjoint classes; classes without tokens are left out, but for input and output. */
export function toUsage(usage: ChatUsage): Usage {
  const prompt = usage.prompt_tokens_details ?? {}
  const completion = usage.completion_tokens_details ?? {}
  const cacheWrite = prompt.cache_write_tokens ?? 0
  const cacheWrite1h = Math.min(prompt.cache_write_1h_tokens ?? 0, cacheWrite)
  const parts = {
    cache_read: prompt.cached_tokens ?? 0,
    cache_write_5m: cacheWrite - cacheWrite1h,
    cache_write_1h: cacheWrite1h,
    input_audio: prompt.audio_tokens ?? 0,
    input_image: prompt.image_tokens ?? 0,
    reasoning: completion.reasoning_tokens ?? 0,
    output_audio: completion.audio_tokens ?? 0,
    output_image: completion.image_tokens ?? 0,
  }
  const used = Object.entries(parts).filter(([, tokens]) => tokens > 0)
  const inputParts =
    parts.cache_read + parts.cache_write_5m + parts.cache_write_1h + parts.input_audio + parts.input_image
  const outputParts = parts.reasoning + parts.output_audio + parts.output_image
  return {
    input: Math.max(0, usage.prompt_tokens - inputParts),
    output: Math.max(0, usage.completion_tokens - outputParts),
    ...Object.fromEntries(used),
  }
}
