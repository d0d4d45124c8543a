import { objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { readResponsesOutput } from './read-responses-output.ts'

/** A model's whole result as a chat completion, whichever of the three shapes it has. */
export function toCompletion(result: JsonObject, context: WireContext): JsonObject {
  if (Array.isArray(result['choices'])) return result
  if (Array.isArray(result['output'])) return readResponsesOutput(result)
  const { id, model, created, response, tool_calls, finish_reason, logprobs, usage, ...said } = result
  const message = {
    ...said,
    role: 'assistant',
    content: toText(response),
    tool_calls: objectsOf(tool_calls).map((call) => toToolCall(call, context)),
  }
  return { id, model, created, choices: [{ index: 0, message, logprobs, finish_reason }], usage }
}

/** In JSON mode the response is the object itself; some models answer with a number. */
export function toText(response: Json | undefined): string | null {
  if (response === undefined || response === null) return null
  return typeof response === 'string' ? response : JSON.stringify(response)
}

/** A native call, `{ name, arguments }` and mostly without an id, in OpenAI's shape. */
export function toToolCall(call: JsonObject, context: WireContext): JsonObject {
  const called = objectOf(call['function']) ?? call
  const id = stringOf(call['id']) || `call_${context.createId()}`
  const { extra_content } = call
  const signed = extra_content === undefined ? {} : { extra_content }
  return { id, type: 'function', function: { name: called['name'], arguments: called['arguments'] ?? {} }, ...signed }
}
