import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in OpenAI's words; the details objects are always there, as clients read them without asking. */
export function formatUsage(usage: ChatUsage): JsonObject {
  const { prompt_tokens_details, completion_tokens_details, billed: _, web_searches: __, ...totals } = usage
  return {
    ...totals,
    prompt_tokens_details: { cached_tokens: 0, ...prompt_tokens_details },
    completion_tokens_details: { reasoning_tokens: 0, ...completion_tokens_details },
  }
}
