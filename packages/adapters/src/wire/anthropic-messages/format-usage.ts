import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** Usage in Anthropic's classes: `input_tokens` excludes what was read from or written to the cache. */
export function formatUsage(usage: ChatUsage | null | undefined): JsonObject {
  const details = usage?.prompt_tokens_details ?? {}
  const cacheRead = Math.min(details.cached_tokens ?? 0, usage?.prompt_tokens ?? 0)
  const cacheWrite = details.cache_write_tokens ?? 0
  const write1h = Math.min(details.cache_write_1h_tokens ?? 0, cacheWrite)
  const thinking = usage?.completion_tokens_details?.reasoning_tokens
  return {
    input_tokens: Math.max(0, (usage?.prompt_tokens ?? 0) - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: cacheWrite - write1h, ephemeral_1h_input_tokens: write1h },
    output_tokens: usage?.completion_tokens ?? 0,
    ...(thinking !== undefined && { output_tokens_details: { thinking_tokens: thinking } }),
    ...(usage?.web_searches !== undefined && { server_tool_use: { web_search_requests: usage.web_searches } }),
  }
}
