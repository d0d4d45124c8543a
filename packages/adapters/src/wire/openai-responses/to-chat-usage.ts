import type { ChatUsage } from '../../chat.ts'
import { numberOf, objectOf, type JsonObject } from '../../json.ts'

/** Input includes cached tokens, output includes reasoning, as in the canonical form; `undefined` without counts. */
export function toChatUsage(usage: JsonObject | undefined): ChatUsage | undefined {
  const input = numberOf(usage?.['input_tokens'])
  if (usage === undefined || input === undefined) return undefined
  const output = numberOf(usage['output_tokens']) ?? 0
  const inside = countsOf(objectOf(usage['input_tokens_details']), inputDetails)
  const outside = countsOf(objectOf(usage['output_tokens_details']), outputDetails)
  const ticks = numberOf(usage['cost_in_usd_ticks'])
  // xAI's receipt comes in ticks of 1e-10 USD.
  const cost = numberOf(usage['cost']) ?? (ticks === undefined ? undefined : ticks / 1e10)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: numberOf(usage['total_tokens']) ?? input + output,
    ...(Object.keys(inside).length > 0 && { prompt_tokens_details: inside }),
    ...(Object.keys(outside).length > 0 && { completion_tokens_details: outside }),
    ...(cost !== undefined && { cost }),
  }
}

const inputDetails = [
  'cached_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'audio_tokens',
  'image_tokens',
] as const
const outputDetails = ['reasoning_tokens', 'audio_tokens', 'image_tokens'] as const

function countsOf<K extends string>(details: JsonObject | undefined, names: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {}
  for (const name of names) {
    const count = numberOf(details?.[name])
    if (count !== undefined) counts[name] = count
  }
  return counts
}
