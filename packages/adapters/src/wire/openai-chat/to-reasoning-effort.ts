import type { ChatRequest } from '../../chat.ts'

/**
 * The effort that was asked for; a reasoning budget up to 4,096 tokens is low, up to 16,384 medium, more is high. Who
 * wants reasoning and says no more gets what is usual.
 */
export function toReasoningEffort({ reasoning_effort, thinking }: ChatRequest): string | undefined {
  const budget = thinking?.budget_tokens
  if (reasoning_effort !== undefined || thinking?.type !== 'enabled') return reasoning_effort
  if (budget === undefined) return 'medium'
  if (budget <= 4096) return 'low'
  return budget <= 16_384 ? 'medium' : 'high'
}
