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

/**
 * Splits OpenAI's inclusive counts into disjoint classes; classes without tokens are left out, but for input and output.
 * Providers that count audio or reasoning beside prompt and completion are recognised by their total, and tokens that a
 * total has and no class explains are hidden reasoning. A detail never exceeds what it is a part of; only reasoning that
 * is more than the completion cannot be a part of it, and adds to the total.
 */
export function toUsage(usage: ChatUsage): Usage {
  const { prompt, completion, hidden } = inclusiveTotals(usage)
  const { prompt_tokens_details: inside = {}, completion_tokens_details: outside = {} } = usage
  const cacheWrite = inside.cache_write_tokens ?? 0
  const cacheWrite1h = Math.min(inside.cache_write_1h_tokens ?? 0, cacheWrite)
  const [input, inputParts] = take(prompt, {
    cache_read: inside.cached_tokens,
    cache_write_1h: cacheWrite1h,
    cache_write_5m: cacheWrite - cacheWrite1h,
    input_audio: inside.audio_tokens,
    input_image: inside.image_tokens,
  })
  const [output, outputParts] = take(completion, {
    reasoning: (outside.reasoning_tokens ?? 0) + hidden,
    output_audio: outside.audio_tokens,
    output_image: outside.image_tokens,
  })
  return { input, output, ...inputParts, ...outputParts }
}

/** Prompt and completion with what the provider counted beside them. */
function inclusiveTotals(usage: ChatUsage): { prompt: number; completion: number; hidden: number } {
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage
  const audio = usage.prompt_tokens_details?.audio_tokens ?? 0
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0
  const unexplained = Math.max(0, total - prompt - completion)
  const besidePrompt = audio > prompt && audio <= unexplained ? audio : 0
  const rest = unexplained - besidePrompt
  const isBeside = (rest > 0 && reasoning <= rest) || reasoning > completion
  const besideCompletion = isBeside ? reasoning : 0
  const hidden = Math.max(0, rest - besideCompletion)
  return { prompt: prompt + besidePrompt, completion: completion + besideCompletion + hidden, hidden }
}

/** Takes each part out of a whole, as far as there is some left; the rest and the parts that got any. */
function take<K extends string>(
  whole: number,
  parts: Record<K, number | undefined>,
): [number, Partial<Record<K, number>>] {
  const taken: Partial<Record<K, number>> = {}
  let rest = whole
  for (const name in parts) {
    const tokens = Math.min(rest, Math.max(0, parts[name] ?? 0))
    if (tokens > 0) taken[name] = tokens
    rest -= tokens
  }
  return [rest, taken]
}
