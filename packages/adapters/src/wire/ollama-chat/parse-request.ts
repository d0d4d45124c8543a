import type { ChatRequest, Tool } from '../../chat.ts'
import { booleanOf, compact, isObject, numberOf, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { unnamedFields } from '../openai-chat/unnamed-fields.ts'
import { formatId } from './format-id.ts'
import { parseMessages } from './parse-messages.ts'

/** @throws WireError `invalid_request` naming the field, when the body is no chat request. */
export function parseRequest(body: JsonObject): ChatRequest {
  const fields = {
    tools: parseTools(body),
    response_format: parseFormat(body),
    ...parseOptions(body),
    ...parseThink(body),
    logprobs: booleanOf(body['logprobs']),
    top_logprobs: numberOf(body['top_logprobs']),
    stream: booleanOf(body['stream']) ?? true,
    extra: unnamed(body),
  }
  const messages = parseMessages(body['messages'])
  return { model: stringOf(body['model']) ?? '', messages, ...compact(fields), extra_format: formatId }
}

const named: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'tools',
  'format',
  'options',
  'think',
  'logprobs',
  'top_logprobs',
  'stream',
])

/** Options that have a canonical place. */
const namedOptions: ReadonlySet<string> = new Set([
  'num_predict',
  'temperature',
  'top_p',
  'top_k',
  'seed',
  'stop',
  'frequency_penalty',
  'presence_penalty',
])

/** Clients send many fields empty. */
function unnamed(body: JsonObject): JsonObject | undefined {
  const options = unnamedFields(objectOf(body['options']) ?? {}, namedOptions)
  const rest = unnamedFields(body, named)
  return options || rest ? { ...rest, ...(options && { options }) } : undefined
}

function invalid(message: string, param: string): WireError {
  return new WireError('invalid_request', message, param)
}

function parseOptions({ options }: JsonObject): Partial<ChatRequest> {
  if (options === undefined || options === null) return {}
  if (!isObject(options)) throw invalid('`options` must be an object.', 'options')
  const limit = parseNumber(options, 'num_predict')
  const stop = options['stop']
  return {
    // A negative limit is none.
    ...(limit !== undefined && limit >= 0 && { max_completion_tokens: limit }),
    ...compact({
      temperature: parseNumber(options, 'temperature'),
      top_p: parseNumber(options, 'top_p'),
      top_k: parseNumber(options, 'top_k'),
      seed: parseNumber(options, 'seed'),
      stop: typeof stop === 'string' ? [stop] : Array.isArray(stop) ? stringsOf(stop) : undefined,
      frequency_penalty: parseNumber(options, 'frequency_penalty'),
      presence_penalty: parseNumber(options, 'presence_penalty'),
    }),
  }
}

function parseNumber(options: JsonObject, field: string): number | undefined {
  const value = options[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw invalid(`\`options.${field}\` must be a number.`, `options.${field}`)
  return number
}

/** On or off, or a level. */
function parseThink({ think }: JsonObject): Pick<ChatRequest, 'thinking' | 'reasoning_effort'> {
  if (think === undefined || think === null) return {}
  if (typeof think === 'string' && think !== '') return { reasoning_effort: think }
  if (typeof think !== 'boolean') throw invalid('`think` must be true, false or a level such as "high".', 'think')
  return { thinking: think ? { type: 'enabled', include: true } : { type: 'disabled' } }
}

function parseFormat({ format }: JsonObject): ChatRequest['response_format'] {
  if (format === undefined || format === null || format === '') return undefined
  if (format === 'json') return { type: 'json_object' }
  if (!isObject(format)) throw invalid('`format` must be "json" or a JSON schema.', 'format')
  return { type: 'json_schema', json_schema: { name: 'response', schema: format } }
}

function parseTools({ tools }: JsonObject): Tool[] | undefined {
  if (tools === undefined || tools === null) return undefined
  if (!Array.isArray(tools)) throw invalid('`tools` must be an array.', 'tools')
  const parsed = tools.map((tool, index): Tool => {
    const declared = objectOf(objectOf(tool)?.['function'])
    const name = stringOf(declared?.['name'])
    if (declared === undefined || !name) {
      throw invalid(`\`tools[${index}].function.name\` is missing.`, `tools[${index}].function.name`)
    }
    const fields = { description: stringOf(declared['description']), parameters: objectOf(declared['parameters']) }
    return { type: 'function', function: { name, ...compact(fields) } }
  })
  return parsed.length > 0 ? parsed : undefined
}
