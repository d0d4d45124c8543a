import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../json.ts'
import { openaiModeration } from '../moderation/openai-moderation.ts'
import { defineProvider } from '../provider.ts'
import { renameField } from '../rename-field.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Answers with arrays as content, knows `max_tokens`, `random_seed` and `any` only, and wants tool call ids of exactly
 * nine letters or digits.
 * @see https://docs.mistral.ai/api/
 */
export const mistral = defineProvider({
  ...entryOf('mistral'),
  wire: openaiChat,
  encode,
  deviates: true,
  embeddings: embeddingsApi({
    format: openaiEmbeddings,
    encode: (body) => renameField(body, 'dimensions', 'output_dimension'),
  }),
  moderation: { format: openaiModeration },
})

function encode(body: JsonObject): JsonObject {
  const { stream_options: _, ...rest } = renameField(
    renameField(body, 'max_completion_tokens', 'max_tokens'),
    'seed',
    'random_seed',
  )
  return {
    ...rest,
    ...(rest['tool_choice'] === 'required' && { tool_choice: 'any' }),
    ...(Array.isArray(rest['messages']) && { messages: objectsOf(rest['messages']).map(encodeMessage) }),
  }
}

function encodeMessage(message: JsonObject): JsonObject {
  const { tool_call_id: answered, tool_calls: calls, ...rest } = message
  return {
    ...rest,
    ...(message['role'] === 'developer' && { role: 'system' }),
    ...(answered !== undefined && { tool_call_id: toShortId(answered) }),
    ...(Array.isArray(calls) && {
      tool_calls: objectsOf(calls).map((call) => ({
        ...call,
        function: objectOf(call['function']) ?? {},
        id: toShortId(call['id']),
      })),
    }),
  }
}

/** Nine letters or digits; ids of that form stay, others are hashed (FNV-1a, twice for length). */
function toShortId(id: Json | undefined): Json | undefined {
  const text = stringOf(id)
  if (text === undefined || /^[a-zA-Z0-9]{9}$/.test(text)) return id
  return (hash(text) + hash(`${text}#`)).slice(0, 9)
}

function hash(text: string): string {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  return (value >>> 0).toString(36).padStart(7, '0')
}
