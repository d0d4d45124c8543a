import type { LanguageModelV3Usage, LanguageModelV4Usage } from '@ai-sdk/provider'
import type { ChatUsage } from '../chat.ts'
import { compact } from '../json.ts'

/** The AI SDK's usage with OpenAI's meaning; `undefined` when nothing was counted. */
export function toUsage({
  inputTokens,
  outputTokens,
}: LanguageModelV3Usage | LanguageModelV4Usage): ChatUsage | undefined {
  const { total: input, cacheRead, cacheWrite } = inputTokens
  const { total: output, reasoning } = outputTokens
  if (input === undefined && output === undefined) return undefined
  const inside = compact({ cached_tokens: cacheRead, cache_write_tokens: cacheWrite })
  return {
    prompt_tokens: input ?? 0,
    completion_tokens: output ?? 0,
    total_tokens: (input ?? 0) + (output ?? 0),
    ...(Object.keys(inside).length > 0 && { prompt_tokens_details: inside }),
    ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  }
}
