import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in OpenAI's words; the details objects are always there, as clients read them without asking. */
export function formatUsage({ prompt_tokens_details, completion_tokens_details, ...totals }: ChatUsage): JsonObject {
  return {
    ...totals,
    prompt_tokens_details: { cached_tokens: 0, ...prompt_tokens_details },
    completion_tokens_details: { reasoning_tokens: 0, ...completion_tokens_details },
  }
}
