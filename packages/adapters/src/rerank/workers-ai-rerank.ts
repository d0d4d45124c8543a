import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../json.ts'
import { unreadFields } from '../tasks/unread-fields.ts'
import { WireError } from '../wire-error.ts'
import type { RerankFormat, RerankRequest } from './rerank.ts'

/**
 * Workers AI's rerankers, on its run path: contexts instead of documents, scores by id.
 * @see https://developers.cloudflare.com/workers-ai/models/bge-reranker-base/
 */
export const workersAIRerank: RerankFormat = {
  id: 'workers-ai-rerank',
  path: ({ model }) => `/run/${model}`,
  parseRequest,
  formatResponse: ({ results }) => ({
    result: { response: results.map(({ index, score }) => ({ id: index, score })) },
    success: true,
    errors: [],
    messages: [],
  }),
  formatRequest: ({ query, documents, topN, unread }) => ({
    body: { query, contexts: documents.map((text) => ({ text })), ...(topN !== undefined && { top_k: topN }) },
    warnings: [...unread],
  }),
  parseResponse: (body) => {
    const response = (objectOf(body['result']) ?? body)['response']
    if (!Array.isArray(response)) throw new WireError('unsupported', 'The provider answered without results.')
    const results = objectsOf(response).map(({ id, score }) => ({
      index: numberOf(id) ?? 0,
      score: numberOf(score) ?? 0,
    }))
    return { results: results.toSorted((a, b) => b.score - a.score) }
  },
}

const known: ReadonlySet<string> = new Set(['query', 'contexts', 'top_k', 'model'])

function parseRequest(body: JsonObject, model = ''): RerankRequest {
  const query = stringOf(body['query'])
  const contexts = objectsOf(body['contexts'])
  if (query === undefined || contexts.length === 0)
    throw new WireError('invalid_request', '`query` must be a string and `contexts` an array of { text }.', 'contexts')
  const topN = numberOf(body['top_k'])
  return {
    model,
    query,
    documents: contexts.map(({ text }) => stringOf(text) ?? ''),
    ...(topN !== undefined && { topN }),
    returnDocuments: false,
    unread: unreadFields(body, known),
  }
}
