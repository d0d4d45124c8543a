import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** The inverse of `toChatUsage`; the format demands usage, so a missing one counts nothing. */
export function formatUsage(usage: ChatUsage | null | undefined): JsonObject {
  const {
    prompt_tokens: prompt = 0,
    completion_tokens: completion = 0,
    prompt_tokens_details: details = {},
  } = usage ?? {}
  const cacheRead = Math.min(details.cached_tokens ?? 0, prompt)
  const cacheWrite = Math.min(details.cache_write_tokens ?? 0, prompt - cacheRead)
  const write1h = Math.min(details.cache_write_1h_tokens ?? 0, cacheWrite)
  return {
    inputTokens: prompt - cacheRead - cacheWrite,
    outputTokens: completion,
    totalTokens: prompt + completion,
    ...(details.cached_tokens !== undefined && { cacheReadInputTokens: cacheRead }),
    ...(details.cache_write_tokens !== undefined && { cacheWriteInputTokens: cacheWrite }),
    ...(write1h > 0 && { cacheDetails: [{ ttl: '1h', inputTokens: write1h }] }),
  }
}
