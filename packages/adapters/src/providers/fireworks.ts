import { encodeCompatible } from '../encode-compatible.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/** @see https://docs.fireworks.ai/api-reference/post-chatcompletions */
export const fireworks = defineProvider({
  ...entryOf('fireworks'),
  wire: openaiChat,
  encode: encodeCompatible,
  embeddings: embeddingsApi({ format: openaiEmbeddings }),
})
