import type { AssistantMessage, ContentPart, Message, ToolMessage, UserMessage } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { liftToolMedia } from '../openai-chat/lift-tool-media.ts'
import { formatDocument } from './document-part.ts'
import { formatId } from './format-id.ts'

export interface Conversation {
  messages: JsonObject[]
  documents: JsonObject[]
}

interface MessageContext {
  param: string
  warnings: Set<string>
  /** Text files found so far. */
  documents: JsonObject[]
}

/** Messages, and the text files among their parts, which Cohere takes beside them. */
export function formatMessages(messages: readonly Message[], warnings: Set<string>): Conversation {
  const documents: JsonObject[] = []
  const formatted = liftToolMedia(messages).map((message, index) =>
    formatMessage(message, { param: `messages[${index}].content`, warnings, documents }),
  )
  return { messages: formatted, documents }
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
      return { role: 'system', content: formatContent(message.content, context) }
  }
}

function formatUser(message: UserMessage, context: MessageContext): JsonObject {
  const { content, name, native } = message
  if (name !== undefined) context.warnings.add('messages.name')
  if (native && native.format !== formatId) context.warnings.add(context.param)
  return { role: 'user', content: formatContent(content, context) }
}

/** Reasoning goes back as the plan of the calls that it led to, else as thinking; not what another vendor signed. */
function formatAssistant(message: AssistantMessage, context: MessageContext): JsonObject {
  const {
    content,
    refusal,
    tool_calls = [],
    reasoning_content,
    reasoning_details = [],
    images,
    audio,
    native,
  } = message
  const { param, warnings } = context
  if (images?.length) warnings.add('messages.images')
  if (audio) warnings.add('messages.audio')
  if (native && native.format !== formatId) warnings.add(param)
  const isForeign = reasoning_details.some(({ format }) => format !== undefined && format !== formatId)
  if (isForeign || reasoning_details.some(({ data }) => data)) warnings.add('messages.reasoning_details')
  const text = Array.isArray(content) ? content.map(({ text }) => text).join('') : (content ?? refusal ?? '')
  const reasoning = isForeign ? undefined : reasoning_content
  const calls = tool_calls.map(({ id, type, function: called }): JsonObject => ({ id, type, function: { ...called } }))
  const thinking = calls.length === 0 && reasoning ? [{ type: 'thinking', thinking: reasoning }] : []
  const said: Json = thinking.length > 0 ? [...thinking, { type: 'text', text }] : text
  return {
    role: 'assistant',
    ...((text !== '' || calls.length === 0) && { content: said }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(calls.length > 0 && reasoning && { tool_plan: reasoning }),
  }
}

function formatToolResult(message: ToolMessage, context: MessageContext): JsonObject {
  if (message.is_error) context.warnings.add('messages.is_error')
  if (message.cache_control) context.warnings.add('cache_control')
  return { role: 'tool', tool_call_id: message.tool_call_id, content: formatContent(message.content, context) }
}

function formatContent(content: string | readonly ContentPart[], context: MessageContext): Json {
  if (typeof content === 'string') return content
  const parts = content.flatMap((part, index) => formatPart(part, { ...context, param: `${context.param}[${index}]` }))
  return parts.length > 0 ? parts : ''
}

function formatPart(part: ContentPart, { param, warnings, documents }: MessageContext): JsonObject[] {
  if (part.type !== 'input_audio' && part.cache_control) warnings.add('cache_control')
  if (part.type === 'text') return [{ type: 'text', text: part.text }]
  if (part.type === 'image_url') {
    const { url, detail } = part.image_url
    return [{ type: 'image_url', image_url: { url, ...(detail !== undefined && { detail }) } }]
  }
  const document = part.type === 'file' ? formatDocument(part) : undefined
  if (document === undefined) {
    throw new WireError(
      'unsupported',
      'Cohere takes text, images and text documents: convert other media first.',
      param,
    )
  }
  documents.push(document)
  return []
}
