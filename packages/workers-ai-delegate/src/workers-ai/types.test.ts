import type { AutoRAG } from '@cloudflare/workers-types'
import type {
  EmbeddingModelV4,
  ImageModelV4,
  LanguageModelV4,
  RerankingModelV4,
  SpeechModelV4,
  TranscriptionModelV4,
} from '@ai-sdk/provider'
import { expectTypeOf, test } from 'vitest'
import type { AISearchBinding, createAISearch, TextGenerationModels, WorkersAIModels } from './index.ts'

test("the runtime's own binding of AI Search fits", () => {
  expectTypeOf<AutoRAG>().toExtend<AISearchBinding>()
})

test('every model is one of the AI SDK', () => {
  expectTypeOf<ReturnType<WorkersAIModels['chat']>>().toExtend<LanguageModelV4>()
  expectTypeOf<ReturnType<WorkersAIModels['embedding']>>().toExtend<EmbeddingModelV4>()
  expectTypeOf<ReturnType<WorkersAIModels['image']>>().toExtend<ImageModelV4>()
  expectTypeOf<ReturnType<WorkersAIModels['transcription']>>().toExtend<TranscriptionModelV4>()
  expectTypeOf<ReturnType<WorkersAIModels['speech']>>().toExtend<SpeechModelV4>()
  expectTypeOf<ReturnType<WorkersAIModels['reranking']>>().toExtend<RerankingModelV4>()
  expectTypeOf<ReturnType<ReturnType<typeof createAISearch>>>().toExtend<LanguageModelV4>()
})

test('any model id is taken', () => {
  expectTypeOf<string>().toExtend<TextGenerationModels>()
})
