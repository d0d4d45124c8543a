import type { ContentPart } from '../chat.ts'
import type { TaskAnswer, TaskApi, TaskFormat } from '../tasks/task-format.ts'

/** What is embedded: a text, its tokens, or text and images together. */
export type EmbeddingInput = string | number[] | ContentPart[]

/** What the vectors are for, in Cohere's words; some models embed a question other than what it looks for. */
export type EmbeddingTask = 'search_query' | 'search_document' | 'classification' | 'clustering'

/** The canonical form of an embeddings request: OpenAI's, plus what others can say. */
export interface EmbeddingsRequest {
  model: string
  inputs: EmbeddingInput[]
  /** The caller's format answers a list of one otherwise than a single input. */
  isList: boolean
  dimensions?: number
  /** How the caller wants the vectors. Default `float`. */
  encoding?: 'float' | 'base64'
  /** Extension: Cohere's `input_type`, Gemini's `taskType`. */
  task?: EmbeddingTask
  /** Fields that the caller said and the canonical form has no name for. */
  unread: string[]
}

export interface EmbeddingsAnswer extends TaskAnswer {
  /** One for each input, in their order. */
  vectors: number[][]
}

export type EmbeddingsFormat = TaskFormat<EmbeddingsRequest, EmbeddingsAnswer>

export type EmbeddingsApi = TaskApi<EmbeddingsRequest, EmbeddingsAnswer>
