import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import { numberOf, objectOf, type JsonObject } from '../run/json.ts'

/**
 * Tokens of a call, from usage in the words of chat completions or of the Responses API. A class that the model does not
 * tell is `undefined`, as are all without usage.
 */
export function readUsage(usage: JsonObject | undefined): LanguageModelV4Usage {
  const input = objectOf(usage?.['prompt_tokens_details'] ?? usage?.['input_tokens_details'])
  const output = objectOf(usage?.['completion_tokens_details'] ?? usage?.['output_tokens_details'])
  const prompt = numberOf(usage?.['prompt_tokens'] ?? usage?.['input_tokens'])
  const cacheRead = numberOf(input?.['cached_tokens'])
  const cacheWrite = numberOf(input?.['cache_write_tokens'])
  const reasoning = numberOf(output?.['reasoning_tokens'])
  const completion = completionOf(usage, { prompt, reasoning })
  return {
    inputTokens: { total: prompt, noCache: without(prompt, cacheRead, cacheWrite), cacheRead, cacheWrite },
    outputTokens: { total: completion, text: without(completion, reasoning), reasoning },
    ...(usage && { raw: usage }),
  }
}

/** What is left of the total; `undefined` where no part of it was told. Never negative, whatever the model counted. */
function without(total: number | undefined, ...parts: (number | undefined)[]): number | undefined {
  const told = parts.filter((part) => part !== undefined)
  if (total === undefined || told.length === 0) return undefined
  return Math.max(
    0,
    told.reduce((rest, part) => rest - part, total),
  )
}

interface Told {
  prompt: number | undefined
  reasoning: number | undefined
}

/** Some models (xAI) leave the thoughts out of their completion tokens, as the total shows; they are part of the answer. */
function completionOf(usage: JsonObject | undefined, { prompt, reasoning }: Told): number | undefined {
  const stated = numberOf(usage?.['completion_tokens'] ?? usage?.['output_tokens'])
  const total = numberOf(usage?.['total_tokens'])
  if (stated === undefined || total === undefined || prompt === undefined || !reasoning) return stated
  return prompt + stated + reasoning === total ? stated + reasoning : stated
}
