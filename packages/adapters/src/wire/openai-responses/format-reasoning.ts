import type { ChatRequest } from '../../chat.ts'
import { objectOf, type JsonObject } from '../../json.ts'
import { toReasoningEffort } from '../openai-chat/to-reasoning-effort.ts'
import { formatId } from './format-id.ts'

/** The `reasoning` field: how hard to think, and a summary where the caller wants to read the thoughts. */
export function formatReasoning(request: ChatRequest): JsonObject | undefined {
  const { extra, extra_format, thinking } = request
  const own = extra_format === formatId ? objectOf(extra?.['reasoning']) : undefined
  const effort = toReasoningEffort(request)
  const reasoning = {
    ...own,
    ...(effort !== undefined && { effort }),
    ...(thinking?.include && { summary: 'auto' }),
  }
  return Object.keys(reasoning).length > 0 ? reasoning : undefined
}

/**
 * True where the model surely thinks: the request says so, or its name does. Encrypted reasoning may be asked of such
 * models only; others refuse it.
 */
export function isReasoning(request: ChatRequest, model: string): boolean {
  const { thinking } = request
  const effort = toReasoningEffort(request)
  if (effort !== undefined) return effort !== 'none'
  if (thinking !== undefined) return thinking.type !== 'disabled'
  return /(?:^|[/.])(?:o[1-9]|gpt-[5-9]|gpt-oss|codex|grok-[4-9])/i.test(model) && !/chat|non-reasoning/i.test(model)
}
