import { cohereChat } from '../formats/cohere-chat.ts'
import { hash, uuidFrom } from '../hash.ts'
import { array, number, object, string } from '../shape.ts'
import type { Task } from './task.ts'

const request = object(
  { model: string, query: string, documents: array(string, { min: 1, max: 1000 }) },
  {
    top_n: number({ min: 1, integer: true }),
    max_tokens_per_doc: number({ min: 1, integer: true }),
    priority: number({ min: 0, integer: true }),
  },
)

/** Cohere's v2 rerank: a document is as relevant as the share of the query's words that it has. */
export const cohereRerank: Task = {
  id: 'cohere-rerank',
  path: /\/v2\/rerank$/,
  format: cohereChat,
  answer: ({ body }) => {
    if (!request.accepts(body, [])) throw new TypeError('A shape answers true or throws')
    const { query, documents, top_n: most = documents.length } = body
    const results = documents
      .map((document, index) => ({ index, relevance_score: shareOf(query, document) }))
      .toSorted((a, b) => b.relevance_score - a.relevance_score)
      .slice(0, most)
    return {
      id: uuidFrom(hash(JSON.stringify(body))),
      results,
      // A search has up to 100 documents.
      meta: { api_version: { version: '2' }, billed_units: { search_units: Math.ceil(documents.length / 100) } },
    }
  },
}

function shareOf(query: string, document: string): number {
  const known = new Set(wordsOf(document))
  const words = wordsOf(query)
  return words.filter((word) => known.has(word)).length / Math.max(words.length, 1)
}

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\W+/).filter(Boolean)
