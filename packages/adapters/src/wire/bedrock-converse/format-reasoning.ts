import type { AssistantMessage, ReasoningDetail } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

/** The reasoning of an answer as blocks; a text without details has no signature. */
export function formatReasoning({ reasoning_content, reasoning_details = [] }: AssistantMessage): JsonObject[] {
  const hasText = reasoning_details.some(({ text }) => Boolean(text))
  const unsigned = reasoning_content && !hasText ? [{ type: 'reasoning.text' as const, text: reasoning_content }] : []
  return [...unsigned, ...reasoning_details].map((detail) => ({ reasoningContent: formatDetail(detail) }))
}

function formatDetail({ type, text, signature, data }: ReasoningDetail): JsonObject {
  if (type === 'reasoning.encrypted') return { redactedContent: data ?? '' }
  return { reasoningText: { text: text ?? '', ...(signature && { signature }) } }
}
