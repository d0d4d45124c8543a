export { AISearchChatLanguageModel, AutoRAGChatLanguageModel } from './ai-search/ai-search-chat-language-model.ts'
export type { AISearchBinding } from './ai-search/ai-search-binding.ts'
export type { AISearchChatSettings, AutoRAGChatSettings } from './ai-search/ai-search-settings.ts'
export {
  createAISearch,
  createAutoRAG,
  type AISearchProvider,
  type AISearchSettings,
  type AutoRAGProvider,
  type AutoRAGSettings,
} from './ai-search/create-ai-search.ts'
export { WorkersAIChatLanguageModel } from './chat/chat-language-model.ts'
export type { WorkersAIChatSettings } from './chat/chat-settings.ts'
export { createWorkersAIModels, type WorkersAIModels, type WorkersAIModelsOptions } from './create-workers-ai-models.ts'
export { WorkersAIEmbeddingModel } from './embedding/embedding-model.ts'
export type { WorkersAIEmbeddingSettings } from './embedding/embedding-settings.ts'
export { WorkersAIImageModel } from './image/image-model.ts'
export type { WorkersAIImageSettings } from './image/image-settings.ts'
export type {
  EmbeddingModels,
  ImageGenerationModels,
  KnownTextGenerationModels,
  RerankingModels,
  SpeechModels,
  TextGenerationModels,
  TranscriptionModels,
} from './known-models.ts'
export { WorkersAIRerankingModel } from './reranking/reranking-model.ts'
export type { WorkersAIRerankingSettings } from './reranking/reranking-settings.ts'
export { WorkersAISpeechModel } from './speech/speech-model.ts'
export type { WorkersAISpeechSettings } from './speech/speech-settings.ts'
export { WorkersAITranscriptionModel } from './transcription/transcription-model.ts'
export type { WorkersAITranscriptionSettings } from './transcription/transcription-settings.ts'
