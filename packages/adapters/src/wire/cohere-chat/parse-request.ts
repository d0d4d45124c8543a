import type { ChatRequest, Message, Tool, ToolChoice } from '../../chat.ts'
import {
  booleanOf,
  compact,
  isObject,
  numberOf,
  objectOf,
  stringOf,
  stringsOf,
  type Json,
  type JsonObject,
} from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { unnamedFields } from '../openai-chat/unnamed-fields.ts'
import { parseDocument } from './document-part.ts'
import { formatId } from './format-id.ts'
import { parseMessages } from './parse-messages.ts'

/** @throws WireError `invalid_request` naming the field, when the body is no Chat request. */
export function parseRequest(body: JsonObject): ChatRequest {
  const fields = {
    tools: parseTools(body),
    tool_choice: parseToolChoice(body),
    response_format: parseResponseFormat(body),
    max_completion_tokens: parseNumber(body, 'max_tokens'),
    temperature: parseNumber(body, 'temperature'),
    top_p: parseNumber(body, 'p'),
    top_k: parseNumber(body, 'k'),
    stop: parseStop(body),
    seed: parseNumber(body, 'seed'),
    frequency_penalty: parseNumber(body, 'frequency_penalty'),
    presence_penalty: parseNumber(body, 'presence_penalty'),
    logprobs: booleanOf(body['logprobs']),
    thinking: parseThinking(body),
    stream: booleanOf(body['stream']),
    extra: unnamedFields(body, named),
  }
  const messages = withDocuments(parseMessages(body['messages']), body)
  return { model: stringOf(body['model']) ?? '', messages, ...compact(fields), extra_format: formatId }
}

const named: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'documents',
  'tools',
  'strict_tools',
  'tool_choice',
  'response_format',
  'max_tokens',
  'temperature',
  'p',
  'k',
  'stop_sequences',
  'seed',
  'frequency_penalty',
  'presence_penalty',
  'logprobs',
  'thinking',
  'stream',
])

function invalid(message: string, param: string): WireError {
  return new WireError('invalid_request', message, param)
}

function parseNumber(body: JsonObject, field: string): number | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw invalid(`\`${field}\` must be a number.`, field)
  return number
}

function parseStop({ stop_sequences: value }: JsonObject): string[] | undefined {
  if (value === undefined || value === null) return undefined
  const stop = stringsOf(value)
  if (Array.isArray(value) && stop.length === value.length) return stop
  throw invalid('`stop_sequences` must be an array of strings.', 'stop_sequences')
}

function parseThinking({ thinking }: JsonObject): ChatRequest['thinking'] {
  if (thinking === undefined || thinking === null) return undefined
  const stated = objectOf(thinking)
  const type = (['enabled', 'disabled'] as const).find((known) => known === stated?.['type'])
  if (type === undefined) throw invalid('`thinking.type` must be "enabled" or "disabled".', 'thinking.type')
  return { type, ...compact({ budget_tokens: numberOf(stated?.['token_budget']) }) }
}

function parseTools({ tools, strict_tools }: JsonObject): Tool[] | undefined {
  if (tools === undefined || tools === null) return undefined
  if (!Array.isArray(tools)) throw invalid('`tools` must be an array.', 'tools')
  return tools.map((tool, index): Tool => {
    const declared = objectOf(objectOf(tool)?.['function'])
    const name = stringOf(declared?.['name'])
    if (declared === undefined || !name) {
      throw invalid(`\`tools[${index}].function.name\` is missing.`, `tools[${index}].function.name`)
    }
    const fields = {
      description: stringOf(declared['description']),
      parameters: objectOf(declared['parameters']),
      strict: strict_tools === true ? true : undefined,
    }
    return { type: 'function', function: { name, ...compact(fields) } }
  })
}

function parseToolChoice({ tool_choice: choice }: JsonObject): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined
  if (choice === 'REQUIRED') return 'required'
  if (choice === 'NONE') return 'none'
  throw invalid('`tool_choice` must be "REQUIRED" or "NONE".', 'tool_choice')
}

function parseResponseFormat({ response_format: format }: JsonObject): ChatRequest['response_format'] {
  if (format === undefined || format === null) return undefined
  const { type, json_schema, schema: older } = objectOf(format) ?? {}
  const schema = objectOf(json_schema) ?? objectOf(older)
  if (type === 'text') return { type }
  if (type !== 'json_object')
    throw invalid('`response_format.type` must be "text" or "json_object".', 'response_format')
  if (schema === undefined) return { type }
  const name = (stringOf(schema['title']) ?? '').replaceAll(/[^\w-]/g, '_').slice(0, 64)
  return { type: 'json_schema', json_schema: { name: name || 'response', schema } }
}

/** Documents to answer from stand before the words of the last user message. */
function withDocuments(messages: Message[], { documents }: JsonObject): Message[] {
  if (documents === undefined || documents === null) return messages
  if (!Array.isArray(documents)) throw invalid('`documents` must be an array.', 'documents')
  if (documents.length === 0) return messages
  const files = documents.map((document: Json, index) => {
    const part = typeof document === 'string' || isObject(document) ? parseDocument(document) : undefined
    if (part) return part
    throw invalid(`\`documents[${index}]\` must be a string or an object with \`data\`.`, `documents[${index}]`)
  })
  const last = messages.findLastIndex(({ role }) => role === 'user')
  if (last < 0) throw invalid('`documents` need a user message that asks about them.', 'documents')
  return messages.map((message, index): Message => {
    if (index !== last || message.role !== 'user') return message
    const { content } = message
    return {
      ...message,
      content: [...files, ...(typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content)],
    }
  })
}
