import type { AssistantMessage, ContentPart, Message, TextPart, ToolCall } from '../../chat.ts'
import { isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { parseContentPart } from '../openai-chat/parse-content-part.ts'

function invalid(message: string, param: string): WireError {
  return new WireError('invalid_request', message, param)
}

/** @throws WireError `invalid_request` naming the message and field. */
export function parseMessages(messages: unknown): Message[] {
  if (!Array.isArray(messages)) throw invalid('`messages` must be an array of { role, content } objects.', 'messages')
  if (messages.length === 0) throw invalid('`messages` is empty: send at least one.', 'messages')
  return messages.map((message, index) => parseMessage(message, `messages[${index}]`))
}

function parseMessage(message: unknown, param: string): Message {
  if (!isObject(message)) throw invalid(`\`${param}\` must be an object.`, param)
  const { role, content } = message
  switch (role) {
    case 'system':
    case 'developer':
      return { role, content: parseText(content, `${param}.content`) }
    case 'user':
      return { role, content: parseContent(content, `${param}.content`) }
    case 'assistant':
      return parseAssistant(message, param)
    case 'tool':
      return parseToolResult(message, param)
    default:
      throw invalid(`\`${param}.role\` must be system, user, assistant or tool.`, `${param}.role`)
  }
}

function parseContent(content: unknown, param: string): string | ContentPart[] {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw invalid(`\`${param}\` must be a string or an array of content parts.`, param)
  return content.map((part, index) => parseContentPart(part, `${param}[${index}]`))
}

function parseText(content: unknown, param: string): string | TextPart[] {
  const parsed = parseContent(content, param)
  if (typeof parsed === 'string') return parsed
  return parsed.map((part, index) => {
    if (part.type === 'text') return part
    throw invalid(`\`${param}[${index}]\` must be a text part.`, `${param}[${index}]`)
  })
}

/** Thinking and the plan of the calls are reasoning. */
function parseAssistant(message: JsonObject, param: string): AssistantMessage {
  const { content, tool_plan, tool_calls } = message
  const parts = Array.isArray(content) ? content : []
  const isThought = (part: unknown): boolean => objectOf(part)?.['type'] === 'thinking'
  const thoughts = parts.filter(isThought).map((part) => stringOf(objectOf(part)?.['thinking']) ?? '')
  const said = Array.isArray(content) ? parts.filter((part) => !isThought(part)) : content
  const isSilent = said === undefined || said === null || (Array.isArray(said) && said.length === 0)
  const reasoning = [...thoughts, stringOf(tool_plan) ?? ''].filter((text) => text !== '').join('\n\n')
  const calls = Array.isArray(tool_calls)
    ? tool_calls.map((call, index) => parseToolCall(call, `${param}.tool_calls[${index}]`))
    : []
  return {
    role: 'assistant',
    content: isSilent ? null : parseText(said, `${param}.content`),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(reasoning && { reasoning_content: reasoning }),
  }
}

function parseToolCall(call: unknown, param: string): ToolCall {
  const called = objectOf(objectOf(call)?.['function'])
  const id = stringOf(objectOf(call)?.['id'])
  const name = stringOf(called?.['name'])
  if (!id || !name) throw invalid(`\`${param}\` needs \`id\` and \`function.name\`.`, param)
  const given = called?.['arguments']
  const words = typeof given === 'string' ? given : JSON.stringify(given ?? {})
  return { id, type: 'function', function: { name, arguments: words } }
}

/** Documents in a result are JSON text. */
function parseToolResult(message: JsonObject, param: string): Message {
  const id = stringOf(message['tool_call_id'])
  if (!id)
    throw invalid(`\`${param}.tool_call_id\` is missing: name the call that this answers.`, `${param}.tool_call_id`)
  const { content } = message
  const parts = Array.isArray(content) ? content.map(toTextPart) : (content ?? '')
  return { role: 'tool', tool_call_id: id, content: parseContent(parts, `${param}.content`) }
}

function toTextPart(part: unknown): unknown {
  const document = objectOf(objectOf(part)?.['document'])
  if (document === undefined) return part
  const { data } = document
  return { type: 'text', text: typeof data === 'string' ? data : JSON.stringify(data ?? {}) }
}
