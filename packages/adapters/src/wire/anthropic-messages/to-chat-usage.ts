import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectOf, type JsonObject } from '../../json.ts'

/** Anthropic counts cached and cache-written tokens beside `input_tokens`; thinking is already inside `output_tokens`. */
export function toChatUsage(usage: JsonObject): ChatUsage {
  const cacheRead = numberOf(usage['cache_read_input_tokens'])
  const written = objectOf(usage['cache_creation'])
  const write1h = numberOf(written?.['ephemeral_1h_input_tokens'])
  const cacheWrite =
    numberOf(usage['cache_creation_input_tokens']) ??
    (written && (numberOf(written['ephemeral_5m_input_tokens']) ?? 0) + (write1h ?? 0))
  const thinking = numberOf(objectOf(usage['output_tokens_details'])?.['thinking_tokens'])
  const searches = numberOf(objectOf(usage['server_tool_use'])?.['web_search_requests'])
  const prompt = (numberOf(usage['input_tokens']) ?? 0) + (cacheRead ?? 0) + (cacheWrite ?? 0)
  const completion = numberOf(usage['output_tokens']) ?? 0
  const details = {
    ...(cacheRead !== undefined && { cached_tokens: cacheRead }),
    ...(cacheWrite !== undefined && { cache_write_tokens: cacheWrite }),
    ...(write1h !== undefined && { cache_write_1h_tokens: write1h }),
  }
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(Object.keys(details).length > 0 && { prompt_tokens_details: details }),
    ...(thinking !== undefined && { completion_tokens_details: { reasoning_tokens: thinking } }),
    ...(searches !== undefined && searches > 0 && { web_searches: searches }),
  }
}
