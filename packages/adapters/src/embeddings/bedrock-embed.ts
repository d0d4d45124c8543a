import { numberOf, objectOf, objectsOf, type JsonObject } from '../json.ts'
import { WireError } from '../wire-error.ts'
import type { WireRequest } from '../wire-format.ts'
import { cohereEmbed } from './cohere-embed.ts'
import type { EmbeddingsAnswer, EmbeddingsFormat, EmbeddingsRequest } from './embeddings.ts'
import { onlyTexts } from './only-texts.ts'
import { someVectors } from './some-vectors.ts'

/**
 * Embedding models on Bedrock, each in its maker's words: Cohere's take many texts, Titan and Nova one a call.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html
 * @see https://docs.aws.amazon.com/nova/latest/nova2-userguide/embeddings.html
 */
export const bedrockEmbed: EmbeddingsFormat = {
  id: 'bedrock-embed',
  path: ({ model }) => `/model/${encodeURIComponent(model)}/invoke`,
  parseRequest: () => refuse('Callers of Bedrock embed on its own path.'),
  formatResponse: () => refuse('Callers of Bedrock embed on its own path.'),
  formatRequest,
  parseResponse,
}

function refuse(message: string): never {
  throw new WireError('unsupported', message)
}

function formatRequest(request: EmbeddingsRequest): WireRequest {
  const { model, inputs, dimensions, task, unread } = request
  if (/cohere\.embed/.test(model)) {
    const { body, warnings } = cohereEmbed.formatRequest(request)
    const { model: _, ...words } = body
    return { body: words, warnings }
  }
  const [text, ...others] = onlyTexts(inputs)
  if (text === undefined || others.length > 0)
    throw new WireError('unsupported', 'This model embeds one text a request.', 'input')
  if (/titan-embed/.test(model)) {
    const warnings = [...(task === undefined ? [] : ['input_type']), ...unread]
    return { body: { inputText: text, ...(dimensions !== undefined && { dimensions }) }, warnings }
  }
  if (/nova.*embed/.test(model)) return { body: toNova(text, request), warnings: [...unread] }
  throw new WireError('unsupported', 'Only Cohere, Titan and Nova models embed on Bedrock.', 'model')
}

const purposes: Readonly<Record<NonNullable<EmbeddingsRequest['task']>, string>> = {
  search_query: 'GENERIC_RETRIEVAL',
  search_document: 'GENERIC_INDEX',
  classification: 'CLASSIFICATION',
  clustering: 'CLUSTERING',
}

function toNova(value: string, { dimensions, task = 'search_document' }: EmbeddingsRequest): JsonObject {
  return {
    taskType: 'SINGLE_EMBEDDING',
    singleEmbeddingParams: {
      embeddingPurpose: purposes[task],
      ...(dimensions !== undefined && { embeddingDimension: dimensions }),
      text: { truncationMode: 'NONE', value },
    },
  }
}

function parseResponse(body: JsonObject, request: EmbeddingsRequest): EmbeddingsAnswer {
  const { embedding, embeddings } = body
  if (embedding !== undefined) {
    const tokens = numberOf(body['inputTextTokenCount'])
    return { vectors: someVectors([embedding]), ...(tokens !== undefined && { usage: usageOf(tokens) }) }
  }
  const items = objectsOf(embeddings)
  if (items.length > 0) return { vectors: someVectors(items.map((item) => item['embedding'])) }
  return cohereEmbed.parseResponse(objectOf(body) ?? {}, request)
}

const usageOf = (tokens: number) => ({ prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens })

/** What Bedrock counts in headers, for models whose answers don't say it. */
export function bedrockTokens(headers: Pick<Headers, 'get'>): EmbeddingsAnswer['usage'] {
  const [input, output] = ['input', 'output'].map((what) => headers.get(`x-amzn-bedrock-${what}-token-count`))
  if (!input && !output) return undefined
  return { ...usageOf(Number(input)), completion_tokens: Number(output), total_tokens: Number(input) + Number(output) }
}
