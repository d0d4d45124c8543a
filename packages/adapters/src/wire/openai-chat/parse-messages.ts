import type { AssistantMessage, Message, SystemMessage, TextPart, ToolCall } from '../../chat.ts'
import { booleanOf, compact, isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { endInBreakpoint } from './end-in-breakpoint.ts'
import { parseContentPart } from './parse-content-part.ts'
import { readCacheControl } from './read-cache-control.ts'
import { readReasoningDetails } from './read-reasoning-details.ts'

/** @throws WireError `invalid_request` naming the message and field. */
export function parseMessages(messages: unknown): Message[] {
  if (!Array.isArray(messages)) {
    throw new WireError('invalid_request', '`messages` must be an array of { role, content } objects.', 'messages')
  }
  if (messages.length === 0)
    throw new WireError('invalid_request', '`messages` is empty: send at least one.', 'messages')
  return messages.map((message, index) => {
    const param = `messages[${index}]`
    if (!isObject(message)) throw new WireError('invalid_request', `\`${param}\` must be an object.`, param)
    const { cache_control: control } = readCacheControl(message)
    const parsed = parseMessage(message, param)
    return control ? endInBreakpoint(parsed, control) : parsed
  })
}

function parseMessage(message: JsonObject, param: string): Message {
  const name = stringOf(message['name'])
  switch (message['role']) {
    case 'system':
    case 'developer':
      return {
        role: message['role'],
        content: parseText(message['content'], `${param}.content`),
        ...(name && { name }),
      } satisfies SystemMessage
    case 'user':
      return { role: 'user', content: parseContent(message['content'], `${param}.content`), ...(name && { name }) }
    case 'assistant':
      return parseAssistant(message, param)
    case 'tool':
    case 'function':
      return parseToolResult(message, param)
    default:
      throw new WireError(
        'invalid_request',
        `\`${param}.role\` must be system, developer, user, assistant or tool.`,
        `${param}.role`,
      )
  }
}

function parseContent(content: unknown, param: string): string | ReturnType<typeof parseContentPart>[] {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) {
    throw new WireError('invalid_request', `\`${param}\` must be a string or an array of content parts.`, param)
  }
  return content.map((part, index) => parseContentPart(part, `${param}[${index}]`))
}

function parseText(content: unknown, param: string): string | TextPart[] {
  const parsed = parseContent(content, param)
  if (typeof parsed === 'string') return parsed
  return parsed.map((part, index) => {
    if (part.type === 'text') return part
    throw new WireError('invalid_request', `\`${param}[${index}]\` must be a text part.`, `${param}[${index}]`)
  })
}

function parseAssistant(message: JsonObject, param: string): AssistantMessage {
  const { content } = message
  const toolCalls = Array.isArray(message['tool_calls'])
    ? message['tool_calls'].map((call, index) => parseToolCall(call, `${param}.tool_calls[${index}]`))
    : []
  const details = readReasoningDetails(message)
  const reasoning = stringOf(message['reasoning_content']) ?? stringOf(message['reasoning'])
  const refusal = stringOf(message['refusal'])
  return {
    role: 'assistant',
    content: content === undefined || content === null ? null : parseAssistantContent(content, `${param}.content`),
    ...(refusal !== undefined && { refusal }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    ...(reasoning && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
  }
}

/** A refusal that a caller sends back is text that the assistant said. */
function parseAssistantContent(content: unknown, param: string): string | TextPart[] {
  if (!Array.isArray(content)) return parseText(content, param)
  const parts = content.map((part) => {
    const refusal = stringOf(objectOf(part)?.['refusal'])
    return refusal === undefined ? part : { type: 'text', text: refusal }
  })
  return parseText(parts, param)
}

function parseToolCall(call: unknown, param: string): ToolCall {
  const called = objectOf(objectOf(call)?.['function'])
  const id = stringOf(objectOf(call)?.['id'])
  const name = stringOf(called?.['name'])
  if (!isObject(call) || !id || !name) {
    throw new WireError('invalid_request', `\`${param}\` needs \`id\` and \`function.name\`.`, param)
  }
  const given = called?.['arguments']
  const google = objectOf(objectOf(call['extra_content'])?.['google'])
  const signature = stringOf(google?.['thought_signature'])
  return {
    id,
    type: 'function',
    function: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}) },
    ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
  }
}

function parseToolResult(message: JsonObject, param: string): Message {
  const id =
    stringOf(message['tool_call_id']) ?? (message['role'] === 'function' ? stringOf(message['name']) : undefined)
  if (!id) {
    throw new WireError(
      'invalid_request',
      `\`${param}.tool_call_id\` is missing: name the call that this answers.`,
      `${param}.tool_call_id`,
    )
  }
  return {
    role: 'tool',
    tool_call_id: id,
    content: parseContent(message['content'] ?? '', `${param}.content`),
    ...compact({ is_error: booleanOf(message['is_error']) }),
  }
}
