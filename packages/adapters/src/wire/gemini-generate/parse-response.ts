import type { AssistantMessage, ChatResponse, Choice, Delta, ToolCall } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { createCandidateReader } from './create-candidate-reader.ts'
import { readBlock } from './read-block.ts'
import { toChatUsage } from './to-chat-usage.ts'

/** Reads an answer. A prompt that was refused becomes an empty choice that ended by content filter. */
export function parseResponse(body: JsonObject, context: WireContext): ChatResponse {
  const candidates = objectsOf(body['candidates'])
  const block = candidates.length === 0 ? readBlock(body) : undefined
  const usage = toChatUsage(objectOf(body['usageMetadata']) ?? {})
  return {
    id: stringOf(body['responseId']) || `gen-${context.createId()}`,
    object: 'chat.completion',
    created: Math.floor(context.now() / 1000),
    model: stringOf(body['modelVersion']) || context.model,
    choices: (block ? [block] : candidates).map((candidate, position) =>
      parseCandidate(candidate, { position, context }),
    ),
    ...(usage && { usage }),
  }
}

function parseCandidate(
  candidate: JsonObject,
  { position, context }: { position: number; context: WireContext },
): Choice {
  const reader = createCandidateReader(context)
  const delta = reader.read(candidate) ?? {}
  const { delta: last, ...ending } = reader.end()
  return { index: numberOf(candidate['index']) ?? position, message: toMessage(delta, last), ...ending }
}

function toMessage(delta: Delta, last: Delta): AssistantMessage {
  const { content, reasoning_content, images, audio, tool_calls = [] } = delta
  const { reasoning_details, annotations, refusal } = last
  const calls = tool_calls.flatMap((call) => toToolCall(call, last))
  return {
    role: 'assistant',
    content: content ?? (calls.length > 0 ? null : ''),
    refusal: refusal ?? null,
    ...(reasoning_content !== undefined && { reasoning_content }),
    ...(reasoning_details && { reasoning_details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations && { annotations }),
    ...(images && { images }),
    ...(audio && { audio }),
  }
}

function toToolCall(call: NonNullable<Delta['tool_calls']>[number], last: Delta): ToolCall[] {
  const { index, id, function: called, extra_content } = call
  if (id === undefined) return []
  const rest = last.tool_calls?.find((piece) => piece.index === index)?.function?.arguments
  return [
    {
      id,
      type: 'function',
      function: { name: called?.name ?? '', arguments: (called?.arguments ?? '') + (rest ?? '') },
      ...(extra_content && { extra_content }),
    },
  ]
}
