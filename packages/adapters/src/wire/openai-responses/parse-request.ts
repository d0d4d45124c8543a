import type { ChatRequest, Message, ResponseFormat } from '../../chat.ts'
import { booleanOf, compact, numberOf, objectOf, stringOf, stringsOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatId } from './format-id.ts'
import { includes } from './includes.ts'
import { invalid } from './invalid.ts'
import { parseInput } from './parse-input.ts'
import { parseToolChoice } from './parse-tool-choice.ts'
import { parseTools } from './parse-tools.ts'

const named: ReadonlySet<string> = new Set([
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'text',
  'reasoning',
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'include',
  'user',
  'service_tier',
  'stream',
  'background',
  'store',
  'previous_response_id',
])

/**
 * Reads a Responses request. What only the vendor understands goes to `extra`, what the gateway's store does to `echo`.
 * @throws WireError `invalid_request` naming the field; `unsupported` for a run in the background.
 */
export function parseRequest(body: JsonObject): ChatRequest {
  if (body['background'] === true) {
    const message = 'Runs in the background are not available here: leave `background` out and stream the answer.'
    throw new WireError('unsupported', message, 'background')
  }
  const { choice, native } = parseToolChoice(body['tool_choice'])
  const { include, ...included } = parseInclude(body['include'])
  const fields = {
    tools: parseTools(body['tools']),
    tool_choice: choice,
    parallel_tool_calls: booleanOf(body['parallel_tool_calls']),
    response_format: parseTextFormat(objectOf(body['text'])?.['format']),
    max_completion_tokens: parseNumber(body, 'max_output_tokens'),
    temperature: parseNumber(body, 'temperature'),
    top_p: parseNumber(body, 'top_p'),
    ...included,
    top_logprobs: parseNumber(body, 'top_logprobs'),
    reasoning_effort: stringOf(objectOf(body['reasoning'])?.['effort']),
    user: stringOf(body['user']),
    service_tier: stringOf(body['service_tier']),
    stream: booleanOf(body['stream']),
    echo: presentOf({ store: body['store'], previous_response_id: body['previous_response_id'] }),
    extra: unread(body, { include, tool_choice: native }),
  }
  return {
    model: stringOf(body['model']) ?? '',
    messages: parseMessages(body),
    ...compact(fields),
    extra_format: formatId,
  }
}

/** A stored prompt, or an earlier answer, may be all that there is to go on. */
function parseMessages({ instructions, input, prompt, previous_response_id, conversation }: JsonObject): Message[] {
  const system: Message[] = stringOf(instructions) ? [{ role: 'system', content: stringOf(instructions) ?? '' }] : []
  if (Array.isArray(instructions)) system.push(...parseInput(instructions))
  const messages = input === undefined || input === null ? [] : parseInput(input)
  const hasOther = [prompt, previous_response_id, conversation].some((value) => value !== undefined && value !== null)
  if (messages.length === 0 && !hasOther) throw invalid('input', 'is missing or empty: send a string or items.')
  return [...system, ...messages]
}

interface Included {
  logprobs: true | undefined
  encrypted_reasoning: true | undefined
  /** What has no field of its own. */
  include: string[] | undefined
}

function parseInclude(value: unknown): Included {
  const stated = stringsOf(value)
  const include = stated.filter((name) => !Object.values(includes).includes(name))
  return {
    logprobs: stated.includes(includes.logprobs) ? true : undefined,
    encrypted_reasoning: stated.includes(includes.encryptedReasoning) ? true : undefined,
    include: include.length > 0 ? include : undefined,
  }
}

/** Fields without a canonical place, at the top and in `text` and `reasoning`. */
function unread(body: JsonObject, others: JsonObject): JsonObject | undefined {
  const rest = Object.entries(body).filter(([field, value]) => !named.has(field) && value !== null)
  const { format: _, ...text } = objectOf(body['text']) ?? {}
  const { effort: __, ...reasoning } = objectOf(body['reasoning']) ?? {}
  const extra = compact({
    ...Object.fromEntries(rest),
    ...others,
    text: presentOf(text),
    reasoning: presentOf(reasoning),
  })
  return presentOf(extra)
}

function presentOf(fields: JsonObject): JsonObject | undefined {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  return present.length > 0 ? Object.fromEntries(present) : undefined
}

function parseNumber(body: JsonObject, field: string): number | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw invalid(field, 'must be a number.')
  return number
}

function parseTextFormat(value: unknown): ResponseFormat | undefined {
  if (value === undefined || value === null) return undefined
  const format = objectOf(value) ?? {}
  const { type } = format
  if (type === 'text' || type === 'json_object') return { type }
  if (type !== 'json_schema') throw invalid('text.format.type', 'must be "text", "json_object" or "json_schema".')
  const fields = {
    description: stringOf(format['description']),
    schema: objectOf(format['schema']),
    strict: booleanOf(format['strict']),
  }
  return { type, json_schema: { name: stringOf(format['name']) ?? 'response', ...compact(fields) } }
}
