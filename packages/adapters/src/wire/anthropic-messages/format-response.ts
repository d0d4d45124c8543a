import type { AssistantMessage, ChatResponse } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { formatCitation } from './format-citation.ts'
import { formatCallSignature, formatReasoning } from './format-reasoning.ts'
import { formatUsage } from './format-usage.ts'
import { toMessageId } from './to-message-id.ts'
import { toStopReason } from './to-stop-reason.ts'

/** Writes a message. Images, which the format has no block for, become Markdown in the text. */
export function formatResponse({ id, model, choices, usage, service_tier }: ChatResponse): JsonObject {
  const [choice] = choices
  const stopReason = choice ? toStopReason(choice) : 'end_turn'
  const refusal = choice?.message.refusal
  const isRefusal = stopReason === 'refusal' || Boolean(refusal)
  return {
    id: toMessageId(id),
    type: 'message',
    role: 'assistant',
    model,
    content: choice ? formatContent(choice.message) : [],
    stop_reason: isRefusal ? 'refusal' : stopReason,
    stop_sequence: choice?.stop_sequence ?? null,
    ...(isRefusal && { stop_details: { type: 'refusal', category: null, explanation: refusal ?? null } }),
    usage: { ...formatUsage(usage), ...(service_tier === undefined ? {} : { service_tier }) },
  }
}

function formatContent(message: AssistantMessage): JsonObject[] {
  const { reasoning_content, reasoning_details = [], tool_calls = [], annotations = [], refusal } = message
  const thoughts = reasoning_details.map(formatReasoning)
  const hasText = thoughts.some(({ thinking }) => Boolean(thinking))
  const unsigned =
    reasoning_content && !hasText ? [formatReasoning({ type: 'reasoning.text', text: reasoning_content })] : []
  const text = textOf(message) || (refusal ?? '')
  const citations = annotations.map(formatCitation)
  const calls = tool_calls.flatMap((call): JsonObject[] => {
    const { id, function: called } = call
    const signature = formatCallSignature(id, call.extra_content)
    const block = { type: 'tool_use', id, name: called.name, input: parseObject(called.arguments) ?? {} }
    return signature ? [signature, block] : [block]
  })
  const said =
    text === '' && citations.length === 0 ? [] : [{ type: 'text', text, ...(citations.length > 0 && { citations }) }]
  return [...unsigned, ...thoughts, ...said, ...calls]
}

function textOf({ content, images = [] }: AssistantMessage): string {
  const said = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
  const pictures = images.map(({ image_url }) => `![image](${image_url.url})`)
  return [said, ...pictures].filter((text) => text !== '').join('\n\n')
}
