import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in Cohere's words; what is billed is what was counted, unless the provider says otherwise. */
export function formatUsage(usage: ChatUsage | null | undefined): JsonObject {
  if (!usage) return {}
  const counts = { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens }
  const reasoning = usage.completion_tokens_details?.reasoning_tokens
  return {
    billed_units: usage.billed
      ? { input_tokens: usage.billed.prompt_tokens, output_tokens: usage.billed.completion_tokens }
      : counts,
    tokens: { ...counts, ...(reasoning !== undefined && { reasoning_tokens: reasoning }) },
    cached_tokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
  }
}
