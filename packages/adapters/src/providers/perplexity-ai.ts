import { encodeCompatible } from '../encode-compatible.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { repairInt8Vectors } from '../embeddings/repair-int8-vectors.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Ends streams without `[DONE]`, repeats the whole message in each chunk, and cites at the top of the body.
 * @see https://docs.perplexity.ai/api-reference/chat-completions-post
 */
export const perplexityAI = defineProvider({
  ...entryOf('perplexity-ai'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
  embeddings: embeddingsApi({ format: openaiEmbeddings, path: () => '/v1/embeddings', repair: repairInt8Vectors }),
})
