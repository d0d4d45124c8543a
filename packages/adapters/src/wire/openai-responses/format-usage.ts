import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in the words of the Responses API, whose details are always there. */
export function formatUsage(usage: ChatUsage): JsonObject {
  return {
    input_tokens: usage.prompt_tokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, ...usage.prompt_tokens_details },
    output_tokens: usage.completion_tokens,
    output_tokens_details: { reasoning_tokens: 0, ...usage.completion_tokens_details },
    total_tokens: usage.total_tokens,
    ...(usage.cost !== undefined && { cost: usage.cost }),
  }
}
