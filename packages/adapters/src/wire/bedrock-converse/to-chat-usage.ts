import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectsOf, type JsonObject } from '../../json.ts'

/** Converse counts cached and cache-written tokens beside `inputTokens`, under a long and a short name. */
export function toChatUsage(usage: JsonObject): ChatUsage {
  const cacheRead = numberOf(usage['cacheReadInputTokens']) ?? numberOf(usage['cacheReadInputTokenCount'])
  const cacheWrite = numberOf(usage['cacheWriteInputTokens']) ?? numberOf(usage['cacheWriteInputTokenCount'])
  const hour = objectsOf(usage['cacheDetails']).find(({ ttl }) => ttl === '1h')
  const cacheWrite1h = numberOf(hour?.['inputTokens'])
  const prompt = (numberOf(usage['inputTokens']) ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0)
  const completion = numberOf(usage['outputTokens']) ?? 0
  const details = {
    ...(cacheRead !== undefined && { cached_tokens: cacheRead }),
    ...(cacheWrite !== undefined && { cache_write_tokens: cacheWrite }),
    ...(cacheWrite1h !== undefined && { cache_write_1h_tokens: cacheWrite1h }),
  }
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(Object.keys(details).length > 0 && { prompt_tokens_details: details }),
  }
}
