import { objectOf, objectsOf, stringOf, type JsonObject } from '../run/json.ts'
import type { AnswerDelta } from './create-answer-writer.ts'
import { readCompletion, reasoningOf, toText } from './read-completion.ts'

/** What one event of a stream says. */
export interface Chunk extends AnswerDelta {
  finishReason: string | undefined
  usage: JsonObject | undefined
}

/** Reads a native event or a chunk of a chat completion. */
export function readChunk(body: JsonObject): Chunk {
  const choices = objectsOf(body['choices'])
  const choice = choices.find(({ index }) => index === undefined || index === 0)
  const delta = objectOf(choice?.['delta']) ?? (choices.length > 0 ? {} : body)
  return {
    reasoning: reasoningOf(delta),
    text: toText(delta['content']) || toText(body['response']) || toText(delta['refusal']),
    pieces: objectsOf(delta['tool_calls'] ?? body['tool_calls']),
    finishReason: stringOf(choice?.['finish_reason'] ?? body['finish_reason']),
    usage: objectOf(body['usage']),
  }
}

/** Reads a whole answer as if it were one event. */
export function readWhole(body: JsonObject): Chunk {
  const { reasoning, text, calls, finishReason, usage } = readCompletion(body)
  const pieces = calls.map(({ id, name, input }, index) => ({
    index,
    ...(id !== undefined && { id }),
    function: { name, arguments: input },
  }))
  return { reasoning, text, pieces, finishReason, usage }
}

/** Whether an event is a whole answer: a message instead of a delta (Perplexity sends both), or an object of the Responses API. */
export function isWholeAnswer(body: JsonObject): boolean {
  return Array.isArray(body['output']) || objectsOf(body['choices']).some(hasOnlyMessage)
}

const hasOnlyMessage = ({ message, delta }: JsonObject): boolean =>
  objectOf(message) !== undefined && objectOf(delta) === undefined
