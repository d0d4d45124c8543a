import { numberOf, objectOf, objectsOf, stringOf, isObject, type Json, type JsonObject } from '../json.ts'
import { unreadFields } from '../tasks/unread-fields.ts'
import { WireError } from '../wire-error.ts'
import { parseUsage } from '../wire/openai-chat/parse-usage.ts'
import type { RerankAnswer, RerankFormat, RerankRequest } from './rerank.ts'

const known: ReadonlySet<string> = new Set(['model', 'query', 'documents', 'top_n', 'top_k', 'return_documents'])

/**
 * Cohere's rerank, which Jina, Together, OpenRouter and llama.cpp follow.
 * @see https://docs.cohere.com/reference/rerank
 */
export const cohereRerank: RerankFormat = {
  id: 'cohere-rerank',
  path: () => '/rerank',
  parseRequest,
  formatResponse,
  formatRequest: ({ model, query, documents, topN, unread }) => ({
    body: { model, query, documents, ...(topN !== undefined && { top_n: topN }) },
    warnings: [...unread],
  }),
  parseResponse,
}

function parseRequest(body: JsonObject, model = stringOf(body['model'])): RerankRequest {
  const { query, documents } = body
  if (typeof query !== 'string') throw new WireError('invalid_request', '`query` must be a string.', 'query')
  if (!Array.isArray(documents) || documents.length === 0)
    throw new WireError('invalid_request', '`documents` must be an array of texts, at least one.', 'documents')
  const topN = numberOf(body['top_n']) ?? numberOf(body['top_k'])
  return {
    model: model ?? '',
    query,
    documents: documents.map(textOf),
    ...(topN !== undefined && { topN }),
    returnDocuments: body['return_documents'] === true,
    unread: unreadFields(body, known),
  }
}

/** A document is its text, or an object; one without `text` is ranked as its JSON. */
function textOf(document: Json, index: number): string {
  if (typeof document === 'string') return document
  if (isObject(document)) return stringOf(document['text']) ?? JSON.stringify(document)
  throw new WireError('invalid_request', `\`documents[${index}]\` must be a string or an object.`, 'documents')
}

function formatResponse({ id, model, results, usage, searchUnits }: RerankAnswer, request: RerankRequest): JsonObject {
  return {
    ...(id !== undefined && { id }),
    model: model ?? request.model,
    results: results.map(({ index, score }) => ({
      index,
      relevance_score: score,
      ...(request.returnDocuments && { document: { text: request.documents[index] ?? '' } }),
    })),
    ...(searchUnits !== undefined && { meta: { billed_units: { search_units: searchUnits } } }),
    ...(usage && { usage: { prompt_tokens: usage.prompt_tokens, total_tokens: usage.total_tokens } }),
  }
}

function parseResponse(body: JsonObject): RerankAnswer {
  const { results } = body
  if (!Array.isArray(results)) throw new WireError('unsupported', 'The provider answered without results.')
  const usage = usageOf(body['usage'])
  const searchUnits = numberOf(objectOf(objectOf(body['meta'])?.['billed_units'])?.['search_units'])
  const [id, model] = [stringOf(body['id']), stringOf(body['model'])]
  return {
    results: objectsOf(results).map((result) => ({
      index: numberOf(result['index']) ?? 0,
      score: numberOf(result['relevance_score']) ?? numberOf(result['score']) ?? 0,
    })),
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    ...(usage && { usage }),
    ...(searchUnits !== undefined && { searchUnits }),
  }
}

/** Some count the total alone. */
function usageOf(value: Json | undefined): RerankAnswer['usage'] {
  const usage = objectOf(value)
  return usage && parseUsage({ ...usage, prompt_tokens: usage['prompt_tokens'] ?? usage['total_tokens'] })
}
