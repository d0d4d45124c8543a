import { objectOf, objectsOf, parseObject, stringOf, type JsonObject } from '../../json.ts'
import type { StreamDecoder, WireContext } from '../../wire-format.ts'
import { createChunkReader } from '../openai-chat/create-chunk-reader.ts'
import { malformed } from '../openai-chat/create-decoder.ts'
import { readErrorOf } from './read-stream-error.ts'
import { toCompletion, toText, toToolCall } from './to-completion.ts'
import { unwrapResult } from './unwrap-result.ts'

/**
 * Reads native events, chat completion chunks of newer models, or one whole answer that came instead of a stream. Each
 * is put into the words of a chunk, so that one reader keeps the rules of the canonical stream.
 */
export function createDecoder(context: WireContext): StreamDecoder {
  const chunks = createChunkReader(context)
  return {
    push: ({ data }) => {
      if (data.trim() === '[DONE]') return chunks.done()
      const body = parseObject(data)
      if (body === undefined) return [malformed]
      const error = readErrorOf(body)
      return error ? [{ type: 'error', error }] : chunks.read(toChunk(body, context))
    },
    end: () => chunks.end(),
    get finished() {
      return chunks.finished
    },
  }
}

function toChunk(body: JsonObject, context: WireContext): JsonObject {
  const result = unwrapResult(body)
  const isWhole = result !== body || Array.isArray(body['output']) || hasMessage(body)
  if (isWhole) return toWholeChunk(toCompletion(result, context))
  if (Array.isArray(body['choices'])) return body
  const { response, tool_calls, finish_reason, logprobs, usage, p: _, id, model, created, ...said } = body
  const calls = objectsOf(tool_calls).filter((call) => !isFinaliser(call))
  const delta = { ...said, content: toText(response) ?? '', tool_calls: calls.map((call) => toPiece(call, context)) }
  return { id, model, created, choices: [{ index: 0, delta, logprobs, finish_reason }], usage }
}

const hasMessage = ({ choices }: JsonObject): boolean => objectsOf(choices).some(({ message }) => objectOf(message))

function toWholeChunk({ choices, ...completion }: JsonObject): JsonObject {
  const deltas = objectsOf(choices).map(({ message, finish_reason, ...choice }) => {
    const said = objectOf(message) ?? {}
    const calls = objectsOf(said['tool_calls']).map((call, index) => ({ ...call, index }))
    return { ...choice, delta: { ...said, tool_calls: calls }, finish_reason: finish_reason ?? 'stop' }
  })
  return { ...completion, choices: deltas }
}

/** The piece with nothing but nulls that ends the calls. */
function isFinaliser(call: JsonObject): boolean {
  const called = objectOf(call['function']) ?? call
  return !call['id'] && !called['name'] && !called['arguments']
}

/** A piece with a name and without an index is a whole call of its own. */
function toPiece(call: JsonObject, context: WireContext): JsonObject {
  const isWhole = call['index'] === undefined && stringOf(objectOf(call['function'])?.['name'] ?? call['name'])
  return isWhole ? toToolCall(call, context) : call
}
