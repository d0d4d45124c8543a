import { encodeCompatible } from '../encode-compatible.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { cohereRerank } from '../rerank/cohere-rerank.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Finishes with `eos` and names its reasoning `reasoning`.
 * @see https://docs.together.ai/reference/chat-completions-1
 */
export const together = defineProvider({
  ...entryOf('together'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
  embeddings: embeddingsApi({ format: openaiEmbeddings }),
  rerank: { format: cohereRerank },
})
