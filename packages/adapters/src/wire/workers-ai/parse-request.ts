import type { ChatRequest } from '../../chat.ts'
import { isObject, objectOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext } from '../../wire-format.ts'
import { parseRequest as parseChatRequest } from '../openai-chat/parse-request.ts'
import { formatId } from './format-id.ts'
import { normalizeMessages } from './normalize-messages.ts'

/**
 * Reads the inputs of a text generation run: `messages`, or a `prompt`. Tools may be OpenAI's or Workers AI's flat ones.
 * @throws WireError `invalid_request` naming the field.
 */
export function parseRequest(body: JsonObject, context: WireContext): ChatRequest {
  const { prompt, messages, image, tools, response_format, guided_json, ...rest } = body
  const format =
    response_format ?? (isObject(guided_json) ? { type: 'json_schema', json_schema: guided_json } : undefined)
  const request = parseChatRequest({
    ...rest,
    messages: normalizeMessages({ prompt, messages, image }, context),
    ...(tools !== undefined && { tools: wrapTools(tools) }),
    ...(format !== undefined && { response_format: wrapSchema(format) }),
  })
  return { ...request, model: request.model || context.model, extra_format: formatId }
}

/** Flat tools, `{ name, description, parameters }`, in OpenAI's shape. */
function wrapTools(tools: Json): Json {
  if (!Array.isArray(tools)) throw new WireError('invalid_request', '`tools` must be an array.', 'tools')
  return tools.map((tool) => {
    const isFlat = isObject(tool) && tool['function'] === undefined && stringOf(tool['name']) !== undefined
    return isFlat ? { type: 'function', function: tool } : tool
  })
}

/** The schema stands bare under `json_schema`; callers who wrap it as OpenAI does are understood too. */
function wrapSchema(format: Json): Json {
  const schema = objectOf(objectOf(format)?.['json_schema'])
  if (!isObject(format) || format['type'] !== 'json_schema' || schema === undefined) return format
  if (isObject(schema['schema'])) return format
  const name = (stringOf(schema['title']) ?? '').replaceAll(/[^\w-]/g, '_').slice(0, 64)
  return { type: 'json_schema', json_schema: { name: name || 'response', schema } }
}
