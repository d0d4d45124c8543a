import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectOf } from '../../json.ts'

/**
 * Cohere's usage in OpenAI's meaning. `tokens` is what the model read and wrote; the smaller `billed_units` stand in
 * only where it is missing.
 */
export function toChatUsage(value: unknown): ChatUsage | undefined {
  const usage = objectOf(value)
  const counts = objectOf(usage?.['tokens']) ?? objectOf(usage?.['billed_units'])
  const prompt = numberOf(counts?.['input_tokens'])
  const completion = numberOf(counts?.['output_tokens'])
  if (prompt === undefined && completion === undefined) return undefined
  const cached = numberOf(usage?.['cached_tokens'])
  const reasoning = numberOf(counts?.['reasoning_tokens'])
  return {
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: (prompt ?? 0) + (completion ?? 0),
    ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
    ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  }
}
