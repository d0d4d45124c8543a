import type { ReasoningDetail, ToolCall } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { wrapForeign } from './foreign-reasoning.ts'
import { formatId } from './format-id.ts'

/** A block of reasoning as a content block for a Messages client, marked where it isn't Anthropic's. */
export function formatReasoning({ type, text, signature, data, format }: ReasoningDetail): JsonObject {
  if (type === 'reasoning.encrypted') return { type: 'redacted_thinking', data: markOf(format, data ?? '') }
  return {
    type: 'thinking',
    thinking: text ?? '',
    signature: signature || format ? markOf(format, signature ?? '') : '',
  }
}

function markOf(format: string | undefined, value: string): string {
  return format === formatId ? value : wrapForeign(format ?? '', value)
}

/** Gemini signs tool calls, which have no place for it here: a redacted block before the call carries the signature. */
export function formatCallSignature(id: string, extra: ToolCall['extra_content']): JsonObject | undefined {
  const signature = extra?.google?.thought_signature
  if (signature === undefined) return undefined
  return { type: 'redacted_thinking', data: wrapForeign('call', `${id}:${signature}`) }
}
