import type { ChatRequest } from '../../chat.ts'
import { booleanOf, compact, numberOf, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { parseMessages } from './parse-messages.ts'
import { parseSystem } from './parse-system.ts'
import { parseToolChoice, parseTools } from './parse-tools.ts'

const named: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'max_tokens',
  'system',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'stream',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'service_tier',
])

/** @throws WireError `invalid_request` naming the field, when the body is no Messages request. */
export function parseRequest(body: JsonObject): ChatRequest {
  const outputConfig = objectOf(body['output_config'])
  const extra = unread(body, outputConfig)
  const toolChoice = objectOf(body['tool_choice'])
  const serial = booleanOf(toolChoice?.['disable_parallel_tool_use'])
  const fields = {
    tools: parseTools(body['tools']),
    tool_choice: parseToolChoice(body['tool_choice']),
    parallel_tool_calls: serial === undefined ? undefined : !serial,
    response_format: parseResponseFormat(outputConfig?.['format'] ?? body['output_format']),
    max_completion_tokens: parsePositive(body, 'max_tokens'),
    temperature: parseNumber(body, 'temperature'),
    top_p: parseNumber(body, 'top_p'),
    top_k: parseNumber(body, 'top_k'),
    stop: parseStop(body['stop_sequences']),
    reasoning_effort: stringOf(outputConfig?.['effort']),
    thinking: parseThinking(body['thinking']),
    user: stringOf(objectOf(body['metadata'])?.['user_id']),
    service_tier: parseServiceTier(body['service_tier']),
    stream: booleanOf(body['stream']),
    extra,
    extra_format: extra && formatId,
  }
  const messages = [...parseSystem(body['system'], 'system'), ...parseMessages(body['messages'])]
  return { model: stringOf(body['model']) ?? '', messages, ...compact(fields), extra_format: formatId }
}

/** Fields without a canonical place, at the top and in `output_config`. */
function unread(body: JsonObject, outputConfig: JsonObject | undefined): JsonObject | undefined {
  const rest = Object.entries(body).filter(([field]) => !named.has(field))
  const { effort: _, format: __, ...config } = outputConfig ?? {}
  const extra = { ...Object.fromEntries(rest), ...(Object.keys(config).length > 0 && { output_config: config }) }
  return Object.keys(extra).length > 0 ? extra : undefined
}

function parseNumber(body: JsonObject, field: string): number | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw new WireError('invalid_request', `\`${field}\` must be a number.`, field)
  return number
}

function parsePositive(body: JsonObject, field: string): number | undefined {
  const number = parseNumber(body, field)
  if (number === undefined || (Number.isInteger(number) && number > 0)) return number
  throw new WireError('invalid_request', `\`${field}\` must be a whole number above 0.`, field)
}

function parseStop(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined
  const stop = stringsOf(value)
  if (Array.isArray(value) && stop.length === value.length) return stop
  throw new WireError('invalid_request', '`stop_sequences` must be an array of strings.', 'stop_sequences')
}

const displays: Readonly<Record<string, boolean>> = { summarized: true, omitted: false }

function parseThinking(value: unknown): ChatRequest['thinking'] {
  if (value === undefined || value === null) return undefined
  const stated = objectOf(value)
  const type = (['enabled', 'adaptive', 'disabled'] as const).find((known) => known === stated?.['type'])
  if (type === undefined) {
    const message = '`thinking.type` must be "enabled", "adaptive" or "disabled".'
    throw new WireError('invalid_request', message, 'thinking.type')
  }
  const budget = numberOf(stated?.['budget_tokens'])
  if (type === 'enabled' && budget === undefined) {
    const message = '`thinking.budget_tokens` is missing: say how many tokens the model may think.'
    throw new WireError('invalid_request', message, 'thinking.budget_tokens')
  }
  return { type, ...compact({ budget_tokens: budget, include: displays[stringOf(stated?.['display']) ?? ''] }) }
}

function parseResponseFormat(value: unknown): ChatRequest['response_format'] {
  if (value === undefined || value === null) return undefined
  const schema = objectOf(objectOf(value)?.['schema'])
  if (objectOf(value)?.['type'] !== 'json_schema' || schema === undefined) {
    const message = '`output_config.format` must be { "type": "json_schema", "schema": { … } }.'
    throw new WireError('invalid_request', message, 'output_config.format')
  }
  const name = (stringOf(schema['title']) ?? '').replaceAll(/[^\w-]/g, '_').slice(0, 64)
  return { type: 'json_schema', json_schema: { name: name || 'response', schema, strict: true } }
}

/** `standard_only` is what OpenAI calls the default tier. */
function parseServiceTier(value: unknown): string | undefined {
  return value === 'standard_only' ? 'default' : stringOf(value)
}
