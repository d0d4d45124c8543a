import type { AssistantMessage, ContentPart, Message, ToolCall, ToolMessage, UserMessage } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { decodeBase64Text } from '../anthropic-messages/decode-base64-text.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'
import { warnOfDetail } from '../openai-chat/warn-of-detail.ts'
import { formatId } from './format-id.ts'

interface MessageContext {
  param: string
  warnings: Set<string>
  /** Names of the functions called so far, by call. */
  names: ReadonlyMap<string, string>
}

/** @throws WireError `unsupported` for audio, files that are not text, and images by URL. */
export function formatMessages(messages: readonly Message[], warnings: Set<string>): JsonObject[] {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []) : []))
  const names = new Map(calls.map(({ id, function: called }) => [id, called.name]))
  return messages.map((message, index) =>
    formatMessage(message, { param: `messages[${index}].content`, warnings, names }),
  )
}

function formatMessage(message: Message, context: MessageContext): JsonObject {
  switch (message.role) {
    case 'assistant':
      return formatAssistant(message, context)
    case 'tool':
      return formatToolResult(message, context)
    case 'user':
      return formatUser(message, context)
    default:
      if (message.name !== undefined) context.warnings.add('messages.name')
      return { role: 'system', ...formatContent(message.content, context) }
  }
}

function formatUser({ content, name, native }: UserMessage, context: MessageContext): JsonObject {
  if (name !== undefined) context.warnings.add('messages.name')
  if (native && native.format !== formatId) context.warnings.add(context.param)
  return { role: 'user', ...formatContent(content, context) }
}

/** Reasoning goes back as thinking, but not what another vendor signed. */
function formatAssistant(message: AssistantMessage, context: MessageContext): JsonObject {
  const { content, refusal, tool_calls = [], reasoning_content, reasoning_details = [], native } = message
  const { param, warnings } = context
  if (message.images?.length) warnings.add('messages.images')
  if (message.audio) warnings.add('messages.audio')
  if (native && native.format !== formatId) warnings.add(param)
  const isForeign = reasoning_details.some(({ format, data }) => data || (format !== undefined && format !== formatId))
  if (isForeign) warnings.add('messages.reasoning_details')
  return {
    role: 'assistant',
    ...formatContent(content ?? refusal ?? '', context),
    ...(reasoning_content && !isForeign && { thinking: reasoning_content }),
    ...(tool_calls.length > 0 && { tool_calls: tool_calls.map(formatToolCall) }),
  }
}

function formatToolCall({ id, function: { name, arguments: words } }: ToolCall): JsonObject {
  return { id, function: { name, arguments: parseObject(words) ?? {} } }
}

function formatToolResult(message: ToolMessage, context: MessageContext): JsonObject {
  const { content, tool_call_id: id, is_error, cache_control } = message
  if (is_error) context.warnings.add('messages.is_error')
  if (cache_control) context.warnings.add('cache_control')
  const name = message.name ?? context.names.get(id)
  return { role: 'tool', ...formatContent(content, context), ...(name && { tool_name: name }), tool_call_id: id }
}

/** Texts become one, images stand beside it. */
function formatContent(content: string | readonly ContentPart[], context: MessageContext): JsonObject {
  if (typeof content === 'string') return { content }
  const { param, warnings } = context
  const texts: string[] = []
  const images: string[] = []
  for (const [index, part] of content.entries()) {
    if (part.type !== 'input_audio' && part.cache_control) warnings.add('cache_control')
    if (part.type === 'file' && part.citations?.enabled) warnings.add('citations')
    if (part.type === 'image_url') warnOfDetail(part, warnings)
    if (part.type === 'image_url') images.push(imageOf(part.image_url.url, `${param}[${index}]`))
    else texts.push(textOf(part, `${param}[${index}]`))
  }
  return { content: texts.join('\n'), ...(images.length > 0 && { images }) }
}

function imageOf(url: string, param: string): string {
  const inline = parseDataUrl(url)
  if (inline) return inline.data
  throw new WireError('unsupported', 'Ollama fetches no images: send them as data: URLs.', param)
}

function textOf(part: Exclude<ContentPart, { type: 'image_url' }>, param: string): string {
  if (part.type === 'text') return part.text
  const inline = part.type === 'file' ? parseDataUrl(part.file.file_data ?? '') : undefined
  const isText = inline !== undefined && /^(?:text\/|application\/json\b)/.test(inline.mediaType)
  const text = isText ? decodeBase64Text(inline.data) : undefined
  if (text !== undefined) return text
  throw new WireError('unsupported', 'Ollama takes text, images and text files: convert other media first.', param)
}
