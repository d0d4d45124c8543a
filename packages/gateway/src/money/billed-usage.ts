import type { ChatUsage } from '@gw/adapters'
import type { Usage } from '@gw/catalog'

/** What of a usage is charged for: Cohere charges for less than it counts, Anthropic for searches too. */
export function billedUsage(usage: Usage, { billed, web_searches: searches }: ChatUsage): Usage {
  const tokens = billed ? { input: billed.prompt_tokens, output: billed.completion_tokens } : usage
  return searches === undefined ? tokens : { ...tokens, searches }
}
