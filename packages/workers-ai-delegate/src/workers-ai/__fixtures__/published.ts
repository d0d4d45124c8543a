import type {
  EmbeddingModelV4,
  ImageModelV4,
  LanguageModelV4,
  RerankingModelV4,
  SpeechModelV4,
  TranscriptionModelV4,
} from '@ai-sdk/provider'
import type { AiBinding } from '../../ai-binding.ts'

/** What the tests use of workers-ai-provider, whose own types need those of the Workers runtime. */
export interface PublishedModels {
  chat(id: string, settings?: object): LanguageModelV4
  embedding(id: string, settings?: object): EmbeddingModelV4
  image(id: string, settings?: object): ImageModelV4
  transcription(id: string, settings?: object): TranscriptionModelV4
  speech(id: string, settings?: object): SpeechModelV4
  reranking(id: string, settings?: object): RerankingModelV4
}

interface Published {
  createWorkersAI(options: { binding: AiBinding; gateway?: object }): PublishedModels
}

const packageName: string = 'workers-ai-provider'

/** The published package over a binding. */
export async function publishedModels(binding: AiBinding, gateway?: object): Promise<PublishedModels> {
  const published: Published = await import(packageName)
  return published.createWorkersAI({ binding, ...(gateway && { gateway }) })
}
