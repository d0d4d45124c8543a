import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { cohereEmbed } from '../embeddings/cohere-embed.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { cohereRerank } from '../rerank/cohere-rerank.ts'
import { cohereChat } from '../wire/cohere-chat.ts'

/** @see https://docs.cohere.com/reference/chat */
export const cohere = defineProvider({
  ...entryOf('cohere'),
  wire: cohereChat,
  embeddings: embeddingsApi({ format: cohereEmbed }),
  rerank: { format: cohereRerank },
})
