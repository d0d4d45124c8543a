import type { AssistantMessage, ContentPart, FilePart, Message, ToolMessage } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { decodeBase64Text } from '../anthropic-messages/decode-base64-text.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'
import { liftToolMedia } from '../openai-chat/lift-tool-media.ts'
import { warnOfDetail } from '../openai-chat/warn-of-detail.ts'
import { formatId } from './format-id.ts'

interface MessageContext {
  param: string
  warnings: Set<string>
  /** Names of the functions called so far, by call id. */
  names: ReadonlyMap<string, string>
}

/** Content is a string, never null; parts only where there is an image, as models without sight take strings only. */
export function formatMessages(messages: readonly Message[], warnings: Set<string>): JsonObject[] {
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []) : []))
  const names = new Map(calls.map(({ id, function: called }) => [id, called.name]))
  return liftToolMedia(messages).map((message, index) =>
    formatMessage(message, { param: `messages[${index}].content`, warnings, names }),
  )
}

function formatMessage(message: Message, context: MessageContext): JsonObject {
  switch (message.role) {
    case 'assistant':
      return formatAssistant(message, context)
    case 'tool':
      return formatToolResult(message, context)
    default: {
      if (message.name !== undefined) context.warnings.add('messages.name')
      if (message.role === 'user' && message.native) context.warnings.add(context.param)
      const role = message.role === 'user' ? 'user' : 'system'
      return { role, content: formatContent(message.content, context) }
    }
  }
}

function formatAssistant(message: AssistantMessage, context: MessageContext): JsonObject {
  const { content, refusal, tool_calls, reasoning_content, reasoning_details = [], images, audio, native } = message
  const { warnings } = context
  if (images?.length) warnings.add('messages.images')
  if (audio) warnings.add('messages.audio')
  if (native) warnings.add(context.param)
  const isForeign = reasoning_details.some(({ format }) => format !== undefined && format !== formatId)
  if (isForeign || reasoning_details.some(({ data }) => data)) warnings.add('messages.reasoning_details')
  return {
    role: 'assistant',
    content: formatContent(content ?? refusal ?? '', context),
    ...(reasoning_content && !isForeign && { reasoning: reasoning_content }),
    ...(tool_calls?.length && {
      tool_calls: tool_calls.map(({ id, type, function: called }) => ({ id, type, function: { ...called } })),
    }),
  }
}

function formatToolResult(message: ToolMessage, context: MessageContext): JsonObject {
  if (message.is_error) context.warnings.add('messages.is_error')
  if (message.cache_control) context.warnings.add('cache_control')
  const name = message.name ?? context.names.get(message.tool_call_id)
  return {
    role: 'tool',
    tool_call_id: message.tool_call_id,
    ...(name !== undefined && { name }),
    content: formatContent(message.content, context),
  }
}

function formatContent(content: string | readonly ContentPart[], context: MessageContext): Json {
  if (typeof content === 'string') return content
  const parts = content.map((part, index) => formatPart(part, { ...context, param: `${context.param}[${index}]` }))
  return parts.some(({ type }) => type !== 'text') ? parts : parts.map(({ text }) => text).join('\n')
}

function formatPart(part: ContentPart, { param, warnings }: MessageContext): JsonObject {
  if (part.type !== 'input_audio' && part.cache_control) warnings.add('cache_control')
  if (part.type === 'text') return { type: 'text', text: part.text }
  if (part.type === 'image_url') {
    warnOfDetail(part, warnings)
    const { url } = part.image_url
    if (url.startsWith('data:')) return { type: 'image_url', image_url: { url } }
    throw new WireError('unsupported', 'Workers AI takes images as `data:` URLs only: send the image itself.', param)
  }
  const text = part.type === 'file' ? textOf(part) : undefined
  if (text === undefined) {
    throw new WireError('unsupported', 'Workers AI takes text and images: convert other media first.', param)
  }
  if (part.type === 'file' && part.citations?.enabled) warnings.add('citations')
  return { type: 'text', text }
}

/** A document that is plain text goes in as text. */
function textOf({ file }: FilePart): string | undefined {
  const inline = parseDataUrl(file.file_data ?? '')
  if (inline === undefined || !/^(?:text\/|application\/json\b)/.test(inline.mediaType)) return undefined
  const text = decodeBase64Text(inline.data)
  return file.filename === undefined || text === undefined ? text : `${file.filename}:\n${text}`
}
