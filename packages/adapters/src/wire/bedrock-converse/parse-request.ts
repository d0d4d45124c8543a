import type { ChatRequest } from '../../chat.ts'
import { compact, numberOf, objectOf, parseObject, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { unnamedFields } from '../openai-chat/unnamed-fields.ts'
import { formatId } from './format-id.ts'
import { invalid } from './invalid.ts'
import { parseMessages, parseSystem } from './parse-messages.ts'
import { parseToolChoice, parseTools } from './parse-tools.ts'

const named: ReadonlySet<string> = new Set([
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'outputConfig',
  'serviceTier',
])

/** The URL says the model, and whether the answer is a stream. @throws WireError `invalid_request` naming the field. */
export function parseRequest(body: JsonObject, { model }: WireContext): ChatRequest {
  const inference = objectOf(body['inferenceConfig']) ?? {}
  const toolConfig = objectOf(body['toolConfig'])
  const fields = {
    tools: parseTools(toolConfig?.['tools']),
    tool_choice: parseToolChoice(toolConfig?.['toolChoice']),
    response_format: parseOutput(body['outputConfig']),
    max_completion_tokens: parseNumber(inference, 'maxTokens'),
    temperature: parseNumber(inference, 'temperature'),
    top_p: parseNumber(inference, 'topP'),
    stop: parseStop(inference['stopSequences']),
    service_tier: stringOf(objectOf(body['serviceTier'])?.['type']),
    extra: unnamedFields(body, named),
  }
  const messages = [...parseSystem(body['system']), ...parseMessages(body['messages'], model)]
  return { model, messages, ...compact(fields), extra_format: formatId }
}

function parseNumber(config: JsonObject, field: string): number | undefined {
  const value = config[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw invalid(`inferenceConfig.${field}`, 'must be a number.')
  return number
}

function parseStop(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined
  const stop = stringsOf(value)
  if (Array.isArray(value) && stop.length === value.length) return stop
  throw invalid('inferenceConfig.stopSequences', 'must be an array of strings.')
}

/** The schema is JSON text. */
function parseOutput(value: unknown): ChatRequest['response_format'] {
  if (value === undefined || value === null) return undefined
  const structure = objectOf(objectOf(objectOf(value)?.['textFormat'])?.['structure'])
  const stated = objectOf(structure?.['jsonSchema'])
  const schema = parseObject(stringOf(stated?.['schema']) ?? '')
  if (!schema) throw invalid('outputConfig.textFormat.structure.jsonSchema.schema', 'must be a JSON schema as text.')
  const rest = compact({ description: stringOf(stated?.['description']) })
  return {
    type: 'json_schema',
    json_schema: { name: stringOf(stated?.['name']) ?? 'response', ...rest, schema, strict: true },
  }
}
