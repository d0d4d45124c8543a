import type { AssistantMessage, ContentPart, ImagePart, Message, ToolCall, ToolMessage } from '../../chat.ts'
import { isObject, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { imageTypeOf } from './image-type-of.ts'

function invalid(message: string, param: string): WireError {
  return new WireError('invalid_request', message, param)
}

/**
 * Calls and their results mostly have no ids: a result is of the first call of its name that has none yet, or, without
 * a name, of the first.
 * @throws WireError `invalid_request` naming the message and field.
 */
export function parseMessages(messages: unknown): Message[] {
  if (!Array.isArray(messages)) throw invalid('`messages` must be an array of { role, content } objects.', 'messages')
  if (messages.length === 0) throw invalid('`messages` is empty: send at least one.', 'messages')
  let open: ToolCall[] = []
  return messages.map((message, index) => {
    const parsed = parseMessage(message, { index, open })
    if (parsed.role === 'assistant') open = parsed.tool_calls ?? []
    if (parsed.role === 'tool') open = open.filter(({ id }) => id !== parsed.tool_call_id)
    return parsed
  })
}

interface Place {
  index: number
  /** Calls without a result so far. */
  open: readonly ToolCall[]
}

function parseMessage(message: unknown, place: Place): Message {
  const param = `messages[${place.index}]`
  if (!isObject(message)) throw invalid(`\`${param}\` must be an object.`, param)
  const content = textOf(message, param)
  switch (message['role']) {
    case 'system':
      return { role: 'system', content }
    case 'user':
      return { role: 'user', content: withImages(content, message) }
    case 'assistant':
      return parseAssistant(message, content, place)
    case 'tool':
      return parseToolResult(message, withImages(content, message), place)
    default:
      throw invalid(`\`${param}.role\` must be system, user, assistant or tool.`, `${param}.role`)
  }
}

function textOf({ content }: JsonObject, param: string): string {
  if (content === undefined || content === null) return ''
  if (typeof content === 'string') return content
  throw invalid(`\`${param}.content\` must be a string.`, `${param}.content`)
}

function withImages(text: string, { images }: JsonObject): string | ContentPart[] {
  const parts = stringsOf(images).map((data): ImagePart => {
    const url = data.startsWith('data:') ? data : `data:${imageTypeOf(data)};base64,${data}`
    return { type: 'image_url', image_url: { url } }
  })
  if (parts.length === 0) return text
  return text === '' ? parts : [{ type: 'text', text }, ...parts]
}

function parseAssistant(message: JsonObject, content: string, { index }: Place): AssistantMessage {
  const { thinking, tool_calls: calls } = message
  const parsed = Array.isArray(calls) ? calls.map((call, position) => parseToolCall(call, [index, position])) : []
  return {
    role: 'assistant',
    content: content === '' && parsed.length > 0 ? null : content,
    ...(typeof thinking === 'string' && thinking !== '' && { reasoning_content: thinking }),
    ...(parsed.length > 0 && { tool_calls: parsed }),
  }
}

function parseToolCall(call: unknown, [message, position]: [number, number]): ToolCall {
  const called = objectOf(objectOf(call)?.['function'])
  const name = stringOf(called?.['name'])
  const param = `messages[${message}].tool_calls[${position}].function.name`
  if (!name) throw invalid(`\`${param}\` is missing.`, param)
  const given = called?.['arguments']
  return {
    id: stringOf(objectOf(call)?.['id']) || `call_${message}_${position}`,
    type: 'function',
    function: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}) },
  }
}

function parseToolResult(message: JsonObject, content: ToolMessage['content'], { index, open }: Place): ToolMessage {
  const name = stringOf(message['tool_name']) ?? stringOf(message['name'])
  const call = open.find(({ function: called }) => called.name === name) ?? open[0]
  return {
    role: 'tool',
    tool_call_id: stringOf(message['tool_call_id']) || (call?.id ?? `call_${index}`),
    ...(name && { name }),
    content,
  }
}
