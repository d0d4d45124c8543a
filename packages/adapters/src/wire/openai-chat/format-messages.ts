import type { AssistantMessage, ContentPart, FilePart, Message, ToolMessage } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { formatReasoning, type ReasoningBack, type TurnPlace } from './format-reasoning.ts'
import { liftToolMedia } from './lift-tool-media.ts'

interface MessageContext {
  param: string
  warnings: Set<string>
  place: TurnPlace
}

/** Tool results hold text only; what else tools returned follows the results as the user's words. */
export function formatMessages(
  messages: readonly Message[],
  { warnings, reasoning }: { warnings: Set<string>; reasoning?: ReasoningBack | undefined },
): JsonObject[] {
  const open = new Set(messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1))
  return liftToolMedia(messages).map((message, index) => {
    const place = { reasoning, isOpen: open.has(message) }
    return formatMessage(message, { param: `messages[${index}].content`, warnings, place })
  })
}

function formatMessage(message: Message, context: MessageContext): JsonObject {
  switch (message.role) {
    case 'assistant':
      return formatAssistant(message, context)
    case 'tool':
      return formatToolResult(message, context)
    default: {
      const { role, name, content } = message
      if (message.role === 'user' && message.native && message.native.format !== formatId) {
        context.warnings.add(context.param)
      }
      return { role, content: formatContent(content, context), ...(name !== undefined && { name }) }
    }
  }
}

type PartContext = Pick<MessageContext, 'param' | 'warnings'>

function formatAssistant(message: AssistantMessage, { param, warnings, place }: MessageContext): JsonObject {
  const { content, refusal, tool_calls, images, audio, native } = message
  const reasoning = formatReasoning(message, place)
  if (!reasoning) warnings.add('messages.reasoning')
  if (images?.length) warnings.add('messages.images')
  if (native && native.format !== formatId) warnings.add(param)
  const { id } = audio ?? {}
  const calls = tool_calls?.map(({ id, type, function: called }): JsonObject => ({ id, type, function: { ...called } }))
  return {
    role: 'assistant',
    content: Array.isArray(content) ? content.map(({ text }) => text).join('') : content,
    ...(refusal && { refusal }),
    ...reasoning,
    ...(typeof id === 'string' && { audio: { id } }),
    ...(calls?.length && { tool_calls: calls }),
  }
}

function formatToolResult(message: ToolMessage, context: MessageContext): JsonObject {
  const { content, tool_call_id, is_error, cache_control } = message
  if (is_error) context.warnings.add('messages.is_error')
  if (cache_control) context.warnings.add('cache_control')
  return { role: 'tool', tool_call_id, content: formatContent(content, context) }
}

function formatContent(content: string | readonly ContentPart[], { param, warnings }: PartContext): Json {
  if (typeof content === 'string') return content
  return content.map((part, index) => formatPart(part, { param: `${param}[${index}]`, warnings }))
}

function formatPart(part: ContentPart, context: PartContext): JsonObject {
  if ('cache_control' in part) context.warnings.add('cache_control')
  if (part.type === 'text') return { type: 'text', text: part.text }
  if (part.type === 'input_audio') return { type: 'input_audio', input_audio: { ...part.input_audio } }
  if (part.type === 'file') return formatFile(part, context)
  const { url, detail } = part.image_url
  return { type: 'image_url', image_url: { url, ...(detail !== undefined && { detail }) } }
}

function formatFile({ file, citations }: FilePart, { param, warnings }: PartContext): JsonObject {
  if (citations?.enabled) warnings.add('citations')
  const { file_url, file_id, file_data, filename = 'document' } = file
  if (file_id !== undefined) return { type: 'file', file: { file_id } }
  if (file_data !== undefined) return { type: 'file', file: { filename, file_data } }
  const place = file_url === undefined ? 'without content' : 'by URL'
  throw new WireError('unsupported', `This provider takes no documents ${place}: send the document itself.`, param)
}
