import {
  cohereRerank,
  geminiEmbed,
  geminiGenerate,
  openaiChat,
  openaiEmbeddings,
  openaiModeration,
  type EmbeddingsFormat,
  type Provider,
} from '@gw/adapters'
import { formatDialect, type Dialect } from '../errors/dialect.ts'
import type { Surface } from './surface.ts'
import { taskSurface } from './task-surface.ts'

const openaiErrors = formatDialect(openaiChat)

/** Embeddings for callers of a format. */
export const embeddingsTask = (format: EmbeddingsFormat, dialect: Dialect) => ({
  id: 'embeddings' as const,
  noun: 'embeddings',
  format,
  dialect,
  apiOf: ({ embeddings }: Provider) => embeddings,
})

/** OpenAI's embeddings, for any provider's models. */
export const openaiEmbeddingsTask = embeddingsTask(openaiEmbeddings, openaiErrors)

export const embeddings: Surface = taskSurface(openaiEmbeddingsTask)

export const rerank: Surface = taskSurface({
  id: 'rerank',
  noun: 'rerank',
  format: cohereRerank,
  dialect: openaiErrors,
  apiOf: ({ rerank: api }: Provider) => api,
})

export const moderations: Surface = taskSurface({
  id: 'moderations',
  noun: 'moderations',
  format: openaiModeration,
  dialect: openaiErrors,
  apiOf: ({ moderation }: Provider) => moderation,
})

/** Gemini's `embedContent` and `batchEmbedContents`; the path names the model. */
export function geminiEmbeddings(model: string): Surface {
  return taskSurface(embeddingsTask(geminiEmbed, formatDialect(geminiGenerate)), model)
}
