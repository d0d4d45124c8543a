import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectOf, type JsonObject } from '../../json.ts'

/**
 * Reads a usage object with OpenAI's names and the names that its imitators added (`prompt_cache_hit_tokens`,
 * `num_cached_tokens`, top-level `reasoning_tokens`). `undefined` when it has no counts.
 */
export function parseUsage(value: unknown): ChatUsage | undefined {
  const usage = objectOf(value)
  const prompt = numberOf(usage?.['prompt_tokens'])
  const completion = numberOf(usage?.['completion_tokens']) ?? 0
  if (usage === undefined || prompt === undefined) return undefined

  const promptDetails = readPromptDetails(usage)
  const completionDetails = readCompletionDetails(usage)
  const cost = numberOf(usage['cost']) ?? numberOf(objectOf(usage['cost'])?.['total_cost'])
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: numberOf(usage['total_tokens']) ?? prompt + completion,
    ...(hasFields(promptDetails) && { prompt_tokens_details: promptDetails }),
    ...(hasFields(completionDetails) && { completion_tokens_details: completionDetails }),
    ...(cost !== undefined && { cost }),
  }
}

function readPromptDetails(usage: JsonObject): NonNullable<ChatUsage['prompt_tokens_details']> {
  const details = objectOf(usage['prompt_tokens_details']) ?? {}
  const cached =
    numberOf(details['cached_tokens']) ??
    numberOf(usage['prompt_cache_hit_tokens']) ??
    numberOf(usage['num_cached_tokens']) ??
    numberOf(usage['cached_tokens'])
  return present({
    cached_tokens: cached,
    cache_write_tokens: numberOf(details['cache_write_tokens']),
    cache_write_1h_tokens: numberOf(details['cache_write_1h_tokens']),
    audio_tokens: numberOf(details['audio_tokens']),
    image_tokens: numberOf(details['image_tokens']),
  })
}

function readCompletionDetails(usage: JsonObject): NonNullable<ChatUsage['completion_tokens_details']> {
  const details = objectOf(usage['completion_tokens_details']) ?? {}
  return present({
    reasoning_tokens: numberOf(details['reasoning_tokens']) ?? numberOf(usage['reasoning_tokens']),
    audio_tokens: numberOf(details['audio_tokens']),
    image_tokens: numberOf(details['image_tokens']),
  })
}

function present<K extends string>(counts: Record<K, number | undefined>): Partial<Record<K, number>> {
  const known: Partial<Record<K, number>> = {}
  for (const name in counts) {
    const count = counts[name]
    if (count !== undefined) known[name] = count
  }
  return known
}

const hasFields = (counts: object): boolean => Object.keys(counts).length > 0
