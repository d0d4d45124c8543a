import type { Json } from '../json.ts'
import type { EmbeddingTask } from './embeddings.ts'

const tasks: ReadonlySet<string> = new Set<EmbeddingTask>([
  'search_query',
  'search_document',
  'classification',
  'clustering',
])

/** Cohere's `input_type`, also in the short words of other vendors. */
export function taskOf(value: Json | undefined): EmbeddingTask | undefined {
  if (value === 'query') return 'search_query'
  if (value === 'document' || value === 'passage') return 'search_document'
  return isTask(value) ? value : undefined
}

const isTask = (value: Json | undefined): value is EmbeddingTask => typeof value === 'string' && tasks.has(value)
