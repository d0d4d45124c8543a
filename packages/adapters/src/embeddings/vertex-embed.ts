import { numberOf, objectOf, objectsOf, type JsonObject } from '../json.ts'
import { WireError } from '../wire-error.ts'
import type { EmbeddingsAnswer, EmbeddingsFormat, EmbeddingTask } from './embeddings.ts'
import { onlyTexts } from './only-texts.ts'
import { someVectors } from './some-vectors.ts'

const tasks: Readonly<Record<EmbeddingTask, string>> = {
  search_query: 'RETRIEVAL_QUERY',
  search_document: 'RETRIEVAL_DOCUMENT',
  classification: 'CLASSIFICATION',
  clustering: 'CLUSTERING',
}

/**
 * Embedding models behind Vertex AI's `predict`.
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api
 */
export const vertexEmbed: EmbeddingsFormat = {
  id: 'vertex-embed',
  path: ({ model }) => `/models/${model}:predict`,
  parseRequest: () => refuse(),
  formatResponse: () => refuse(),
  formatRequest: ({ inputs, dimensions, task, unread }) => ({
    body: {
      instances: onlyTexts(inputs).map((content) => ({ content, ...(task && { task_type: tasks[task] }) })),
      ...(dimensions !== undefined && { parameters: { outputDimensionality: dimensions } }),
    },
    warnings: [...unread],
  }),
  parseResponse,
}

function refuse(): never {
  throw new WireError('unsupported', 'Callers of Vertex AI embed on its own path.')
}

function parseResponse(body: JsonObject): EmbeddingsAnswer {
  const predictions = objectsOf(body['predictions']).map(({ embeddings }) => objectOf(embeddings) ?? {})
  const counts = predictions.map(({ statistics }) => numberOf(objectOf(statistics)?.['token_count']) ?? 0)
  const tokens = counts.reduce((sum, count) => sum + count, 0)
  return {
    vectors: someVectors(predictions.map(({ values }) => values)),
    ...(tokens > 0 && { usage: { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens } }),
  }
}
