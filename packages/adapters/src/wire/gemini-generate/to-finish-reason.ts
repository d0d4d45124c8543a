import type { FinishReason } from '../../chat.ts'
import { blockPrefix } from './read-block.ts'

const finishReasons: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
  IMAGE_PROHIBITED_CONTENT: 'content_filter',
  IMAGE_RECITATION: 'content_filter',
  MODEL_ARMOR: 'content_filter',
}

/** The standard word for a finish reason; Gemini has none of its own for tool calls, and an unknown word counts as `stop`. */
export function toFinishReason(native: string | undefined, hasToolCalls: boolean): FinishReason {
  if (native?.startsWith(blockPrefix)) return 'content_filter'
  const reason = finishReasons[native ?? ''] ?? 'stop'
  return reason === 'stop' && hasToolCalls ? 'tool_calls' : reason
}
