import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { cohereRerank } from '../rerank/cohere-rerank.ts'
import { openaiChatWith } from '../wire/openai-chat.ts'
import { openaiResponses } from '../wire/openai-responses.ts'
import { dropForeignReasoning } from '../wire/openai-responses/drop-foreign-reasoning.ts'

/**
 * Names its reasoning `reasoning`, and puts errors beside the choices of a stream.
 * @see https://openrouter.ai/docs/api-reference/chat-completion
 */
export const openrouter = defineProvider({
  ...entryOf('openrouter'),
  wire: openaiChatWith('details'),
  deviates: true,
  otherChatApis: [{ wire: openaiResponses, encode: dropForeignReasoning }],
  embeddings: embeddingsApi({ format: openaiEmbeddings, takesBase64: true }),
  rerank: { format: cohereRerank },
})
