import type { ChatResponse } from '../chat.ts'

/** Some servers report parts that are more than the whole; a format that counts the parts can't keep both numbers. */
export function isPlausible({ usage }: ChatResponse): boolean {
  const { cached_tokens = 0, cache_write_tokens = 0 } = usage?.prompt_tokens_details ?? {}
  const { reasoning_tokens = 0 } = usage?.completion_tokens_details ?? {}
  if (usage === undefined || reasoning_tokens > usage.completion_tokens) return false
  return cached_tokens + cache_write_tokens <= usage.prompt_tokens
}
