import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectOf, type JsonObject } from '../../json.ts'

/**
 * Cohere's usage in OpenAI's meaning. `tokens` is what the model read and wrote; the smaller `billed_units` are what is
 * charged for, and stand in where the others are missing.
 * @see https://docs.cohere.com/docs/how-does-cohere-pricing-work
 */
export function toChatUsage(value: unknown): ChatUsage | undefined {
  const usage = objectOf(value)
  const tokens = objectOf(usage?.['tokens'])
  const units = objectOf(usage?.['billed_units'])
  const counts = tokens ?? units
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
    ...(tokens && units && readBilled(tokens, units)),
  }
}

function readBilled(tokens: JsonObject, units: JsonObject): Pick<ChatUsage, 'billed'> {
  const [prompt = 0, completion = 0] = [numberOf(units['input_tokens']), numberOf(units['output_tokens'])]
  const isCounted = prompt === tokens['input_tokens'] && completion === tokens['output_tokens']
  return isCounted ? {} : { billed: { prompt_tokens: prompt, completion_tokens: completion } }
}
