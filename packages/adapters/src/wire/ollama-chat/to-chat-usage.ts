import type { ChatUsage } from '../../chat.ts'
import { numberOf, type JsonObject } from '../../json.ts'

/** The counts of a last line; a prompt that Ollama still had in its cache may go uncounted. */
export function toChatUsage(body: JsonObject): ChatUsage | undefined {
  const prompt = numberOf(body['prompt_eval_count'])
  const completion = numberOf(body['eval_count'])
  if (prompt === undefined && completion === undefined) return undefined
  return {
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: (prompt ?? 0) + (completion ?? 0),
  }
}
