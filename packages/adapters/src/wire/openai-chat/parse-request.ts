import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from '../../chat.ts'
import {
  booleanOf,
  compact,
  isObject,
  numberOf,
  objectOf,
  objectsOf,
  stringOf,
  stringsOf,
  type JsonObject,
} from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { parseMessages } from './parse-messages.ts'
import { unnamedFields } from './unnamed-fields.ts'

/** @throws WireError `invalid_request` naming the field, when the body is no chat completion request. */
export function parseRequest(body: JsonObject): ChatRequest {
  const extra = unnamedFields(body, named)
  const fields = {
    tools: parseTools(body),
    tool_choice: parseToolChoice(body),
    parallel_tool_calls: booleanOf(body['parallel_tool_calls']),
    response_format: parseResponseFormat(body),
    max_completion_tokens: numberOf(body['max_completion_tokens']) ?? numberOf(body['max_tokens']),
    temperature: numberOf(body['temperature']),
    top_p: numberOf(body['top_p']),
    top_k: numberOf(body['top_k']),
    n: numberOf(body['n']),
    stop: parseStop(body),
    seed: numberOf(body['seed']),
    frequency_penalty: numberOf(body['frequency_penalty']),
    presence_penalty: numberOf(body['presence_penalty']),
    logprobs: booleanOf(body['logprobs']),
    top_logprobs: numberOf(body['top_logprobs']),
    reasoning_effort: stringOf(body['reasoning_effort']) ?? stringOf(objectOf(body['reasoning'])?.['effort']),
    thinking: parseThinking(body),
    user: stringOf(body['user']),
    service_tier: stringOf(body['service_tier']),
    stream: booleanOf(body['stream']),
    stream_options: parseStreamOptions(body),
    extra,
    extra_format: extra && formatId,
  }
  return { model: stringOf(body['model']) ?? '', messages: parseMessages(body['messages']), ...compact(fields) }
}

const named: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'max_completion_tokens',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'n',
  'stop',
  'seed',
  'frequency_penalty',
  'presence_penalty',
  'logprobs',
  'top_logprobs',
  'reasoning_effort',
  'reasoning',
  'thinking',
  'user',
  'service_tier',
  'stream',
  'stream_options',
])

function parseStreamOptions(body: JsonObject): ChatRequest['stream_options'] {
  const includeUsage = booleanOf(objectOf(body['stream_options'])?.['include_usage'])
  return includeUsage === undefined ? undefined : { include_usage: includeUsage }
}

function parseStop({ stop }: JsonObject): string[] | undefined {
  if (stop === undefined || stop === null) return undefined
  if (typeof stop === 'string') return [stop]
  const strings = stringsOf(stop)
  if (!Array.isArray(stop) || strings.length !== stop.length) {
    throw new WireError('invalid_request', '`stop` must be a string or an array of strings.', 'stop')
  }
  return strings
}

function parseThinking({ thinking }: JsonObject): ChatRequest['thinking'] {
  const stated = objectOf(thinking)
  const type = (['enabled', 'adaptive', 'disabled'] as const).find((known) => known === stated?.['type'])
  if (type === undefined) return undefined
  const budget = numberOf(stated?.['budget_tokens'])
  return { type, ...(budget !== undefined && { budget_tokens: budget }) }
}

function parseTools({ tools }: JsonObject): Tool[] | undefined {
  if (tools === undefined || tools === null) return undefined
  if (!Array.isArray(tools)) throw new WireError('invalid_request', '`tools` must be an array.', 'tools')
  return tools.map((tool, index) => parseTool(tool, `tools[${index}]`))
}

function parseTool(tool: unknown, param: string): Tool {
  if (!isObject(tool)) throw new WireError('invalid_request', `\`${param}\` must be an object.`, param)
  if (tool['type'] !== 'function') return { type: 'server', format: 'openai-chat', tool }

  const declared = objectOf(tool['function'])
  const name = stringOf(declared?.['name'])
  if (declared === undefined || !name) {
    throw new WireError('invalid_request', `\`${param}.function.name\` is missing.`, `${param}.function.name`)
  }
  const fields = {
    description: stringOf(declared['description']),
    parameters: objectOf(declared['parameters']),
    strict: booleanOf(declared['strict']),
  }
  return { type: 'function', function: { name, ...compact(fields) } }
}

function parseToolChoice({ tool_choice: choice }: JsonObject): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice
  if (choice === 'any') return 'required'
  const name = stringOf(objectOf(objectOf(choice)?.['function'])?.['name'])
  if (name !== undefined) return { type: 'function', function: { name } }
  const allowed = objectOf(objectOf(choice)?.['allowed_tools'])
  if (allowed) {
    const names = objectsOf(allowed['tools']).flatMap((tool) => stringOf(objectOf(tool['function'])?.['name']) ?? [])
    return { type: 'allowed_tools', mode: allowed['mode'] === 'required' ? 'required' : 'auto', names }
  }
  const message =
    '`tool_choice` must be "auto", "none", "required" or { "type": "function", "function": { "name": … } }.'
  throw new WireError('invalid_request', message, 'tool_choice')
}

function parseResponseFormat({ response_format: format }: JsonObject): ResponseFormat | undefined {
  if (format === undefined || format === null) return undefined
  const type = objectOf(format)?.['type']
  if (type === 'text' || type === 'json_object') return { type }

  const schema = objectOf(objectOf(format)?.['json_schema'])
  if (type === 'json_schema' && schema) {
    const fields = {
      description: stringOf(schema['description']),
      schema: objectOf(schema['schema']),
      strict: booleanOf(schema['strict']),
    }
    return { type, json_schema: { name: stringOf(schema['name']) ?? 'response', ...compact(fields) } }
  }
  const message = '`response_format.type` must be "text", "json_object" or "json_schema" with a `json_schema` object.'
  throw new WireError('invalid_request', message, 'response_format')
}
