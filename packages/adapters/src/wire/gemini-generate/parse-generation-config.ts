import type { ChatRequest } from '../../chat.ts'
import { booleanOf, compact, numberOf, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { toJsonSchema } from './to-json-schema.ts'

interface ParsedConfig {
  fields: Partial<ChatRequest>
  /** What has no canonical place, such as `speechConfig`. */
  rest: JsonObject | undefined
}

/** @throws WireError `invalid_request` naming a field of the wrong type. */
export function parseGenerationConfig(value: unknown): ParsedConfig {
  if (value === undefined || value === null) return { fields: {}, rest: undefined }
  const config = objectOf(value)
  if (!config) throw new WireError('invalid_request', '`generationConfig` must be an object.', 'generationConfig')
  const fields = {
    temperature: parseNumber(config, 'temperature'),
    top_p: parseNumber(config, 'topP'),
    top_k: parseNumber(config, 'topK'),
    max_completion_tokens: parseNumber(config, 'maxOutputTokens'),
    n: parseNumber(config, 'candidateCount'),
    seed: parseNumber(config, 'seed'),
    presence_penalty: parseNumber(config, 'presencePenalty'),
    frequency_penalty: parseNumber(config, 'frequencyPenalty'),
    logprobs: booleanOf(config['responseLogprobs']),
    top_logprobs: parseNumber(config, 'logprobs'),
    stop: parseStop(config['stopSequences']),
    response_format: parseResponseFormat(config),
    ...parseThinking(objectOf(config['thinkingConfig'])),
  }
  const rest = Object.entries(config).filter(
    ([field, value]) => !named.has(field) && value !== null && !isPlain(field, value),
  )
  return { fields: compact(fields), rest: rest.length > 0 ? Object.fromEntries(rest) : undefined }
}

const named: ReadonlySet<string> = new Set([
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'candidateCount',
  'seed',
  'presencePenalty',
  'frequencyPenalty',
  'responseLogprobs',
  'logprobs',
  'stopSequences',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'thinkingConfig',
])

/** Text alone is what an answer is anyway. */
function isPlain(field: string, value: unknown): boolean {
  return field === 'responseModalities' && stringsOf(value).every((modality) => modality.toUpperCase() === 'TEXT')
}

function parseNumber(config: JsonObject, field: string): number | undefined {
  const value = config[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(typeof value === 'string' && value.trim() !== '' ? Number(value) : value)
  if (number !== undefined) return number
  const param = `generationConfig.${field}`
  throw new WireError('invalid_request', `\`${param}\` must be a number.`, param)
}

function parseStop(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined
  const stop = stringsOf(value)
  if (Array.isArray(value) && stop.length === value.length) return stop
  const param = 'generationConfig.stopSequences'
  throw new WireError('invalid_request', `\`${param}\` must be an array of strings.`, param)
}

function parseResponseFormat(config: JsonObject): ChatRequest['response_format'] {
  const mediaType = stringOf(config['responseMimeType'])
  const native = objectOf(config['responseSchema'])
  const schema = objectOf(config['responseJsonSchema']) ?? (native && toJsonSchema(native))
  if (schema) {
    const name = (stringOf(schema['title']) ?? '').replaceAll(/[^\w-]/g, '_').slice(0, 64)
    return { type: 'json_schema', json_schema: { name: name || 'response', schema } }
  }
  return mediaType === 'application/json' ? { type: 'json_object' } : undefined
}

/** A budget of 0 is off, of -1 the model's own choice. */
function parseThinking(config: JsonObject | undefined): Pick<Partial<ChatRequest>, 'thinking' | 'reasoning_effort'> {
  if (config === undefined) return {}
  const budget = numberOf(config['thinkingBudget'])
  const level = stringOf(config['thinkingLevel'])?.toLowerCase()
  const include = booleanOf(config['includeThoughts']) ?? false
  if (budget === 0) return { thinking: { type: 'disabled' } }
  const budgeted = budget === undefined || budget < 0 ? {} : { budget_tokens: budget }
  return {
    thinking: { type: budget === undefined ? 'adaptive' : 'enabled', ...budgeted, include },
    ...(level !== undefined && level !== 'thinking_level_unspecified' && { reasoning_effort: level }),
  }
}
