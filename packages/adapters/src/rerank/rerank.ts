import type { TaskAnswer, TaskApi, TaskFormat } from '../tasks/task-format.ts'

/** The canonical form of a rerank request: Cohere's, which most vendors follow. */
export interface RerankRequest {
  model: string
  query: string
  documents: string[]
  /** How many results; default all. */
  topN?: number
  /** The caller wants the documents' texts back. */
  returnDocuments: boolean
  /** Fields that the caller said and the canonical form has no name for. */
  unread: string[]
}

export interface RerankAnswer extends TaskAnswer {
  /** Best first. */
  results: { index: number; score: number }[]
  /** What some vendors charge by. */
  searchUnits?: number
}

export type RerankFormat = TaskFormat<RerankRequest, RerankAnswer>

export type RerankApi = TaskApi<RerankRequest, RerankAnswer>
