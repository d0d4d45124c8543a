import type { AssistantMessage, ReasoningDetail, TextPart } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { formatCachePoint, formatContent, type ContentContext } from './format-content.ts'
import { formatId } from './format-id.ts'
import { reasoningFormat } from './reasoning-format.ts'
import { toToolId } from './to-tool-id.ts'

export interface AssistantContext extends ContentContext {
  model: string
}

/** The blocks of an assistant's turn: reasoning that the model can verify, text, then calls. */
export function formatAssistant(message: AssistantMessage, context: AssistantContext): JsonObject[] {
  const { content, refusal, tool_calls = [], images, audio } = message
  if (images?.length) context.warnings.add('messages.images')
  if (audio) context.warnings.add('messages.audio')
  const said: readonly TextPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
  const text: TextPart[] = said.length === 0 && refusal ? [{ type: 'text', text: refusal }] : [...said]
  return [
    ...formatReasoning(message, context),
    ...formatContent(text, context),
    ...tool_calls.flatMap(({ id, function: { name, arguments: words }, cache_control }): JsonObject[] => [
      { toolUse: { toolUseId: toToolId(id), name, input: parseObject(words) ?? {} } },
      ...formatCachePoint(cache_control),
    ]),
  ]
}

/** Only reasoning with a signature of the model's own maker is accepted again. */
function formatReasoning(message: AssistantMessage, { warnings, model }: AssistantContext): JsonObject[] {
  const details = message.reasoning_details ?? []
  const blocks = details.flatMap((detail) => formatDetail(detail, model))
  const signed = details.filter(({ signature, data }) => signature ?? data)
  const isLost = blocks.length < signed.length || (blocks.length === 0 && Boolean(message.reasoning_content))
  if (isLost) warnings.add('messages.reasoning_details')
  return blocks
}

function formatDetail({ format, text, signature, data }: ReasoningDetail, model: string): JsonObject[] {
  const isOwn = format === undefined || format === formatId
  if (signature && (isOwn || format === reasoningFormat(model))) {
    return [{ reasoningContent: { reasoningText: { text: text ?? '', signature } } }]
  }
  return data && isOwn ? [{ reasoningContent: { redactedContent: data } }] : []
}
