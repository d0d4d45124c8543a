import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in OpenAI's words; the details objects are always there, as clients read them without asking. */
export function formatUsage(usage: ChatUsage): JsonObject {
  const { prompt_tokens, completion_tokens, total_tokens, cost } = usage
  const { prompt_tokens_details, completion_tokens_details } = usage
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens,
    ...(cost !== undefined && { cost }),
    prompt_tokens_details: { cached_tokens: 0, ...prompt_tokens_details },
    completion_tokens_details: { reasoning_tokens: 0, ...completion_tokens_details },
  }
}
