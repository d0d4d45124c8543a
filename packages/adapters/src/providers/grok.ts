import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { numberOf, objectOf, type JsonObject } from '../json.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { openaiResponses } from '../wire/openai-responses.ts'
import { dropForeignReasoning } from '../wire/openai-responses/drop-foreign-reasoning.ts'

/**
 * Its `completion_tokens` leave out reasoning, and a receipt comes in ticks of 1e-10 USD.
 * @see https://docs.x.ai/docs/api-reference
 */
export const grok = defineProvider({
  ...entryOf('grok'),
  wire: openaiChat,
  repair,
  otherChatApis: [{ wire: openaiResponses, encode: dropForeignReasoning }],
  embeddings: embeddingsApi({ format: openaiEmbeddings, takesBase64: true }),
})

function repair(body: JsonObject): JsonObject {
  const usage = objectOf(body['usage'])
  return usage ? { ...body, usage: repairUsage(usage) } : body
}

/** Adds reasoning to the completion where the total shows that it was left out. */
function repairUsage(usage: JsonObject): JsonObject {
  const prompt = numberOf(usage['prompt_tokens']) ?? 0
  const completion = numberOf(usage['completion_tokens']) ?? 0
  const reasoning = numberOf(objectOf(usage['completion_tokens_details'])?.['reasoning_tokens']) ?? 0
  const ticks = numberOf(usage['cost_in_usd_ticks'])
  const isSeparate = usage['total_tokens'] === prompt + completion + reasoning
  return {
    ...usage,
    completion_tokens: isSeparate ? completion + reasoning : completion,
    ...(ticks !== undefined && { cost: ticks / 1e10 }),
  }
}
