import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { workersAIRerank } from '../rerank/workers-ai-rerank.ts'
import { workersAI as workersAIRun } from '../wire/workers-ai.ts'

/** @see https://developers.cloudflare.com/workers-ai/ */
export const workersAI = defineProvider({
  ...entryOf('workers-ai'),
  wire: workersAIRun,
  embeddings: embeddingsApi({ format: openaiEmbeddings, path: () => '/v1/embeddings' }),
  rerank: { format: workersAIRerank },
})
