import type { AiBinding, GatewayOptions } from '../ai-binding.ts'
import { WorkersAIChatLanguageModel } from './chat/chat-language-model.ts'
import type { WorkersAIChatSettings } from './chat/chat-settings.ts'
import { WorkersAIEmbeddingModel } from './embedding/embedding-model.ts'
import type { WorkersAIEmbeddingSettings } from './embedding/embedding-settings.ts'
import { WorkersAIImageModel } from './image/image-model.ts'
import type { WorkersAIImageSettings } from './image/image-settings.ts'
import type {
  EmbeddingModels,
  ImageGenerationModels,
  RerankingModels,
  SpeechModels,
  TextGenerationModels,
  TranscriptionModels,
} from './known-models.ts'
import { WorkersAIRerankingModel } from './reranking/reranking-model.ts'
import type { WorkersAIRerankingSettings } from './reranking/reranking-settings.ts'
import { WorkersAISpeechModel } from './speech/speech-model.ts'
import type { WorkersAISpeechSettings } from './speech/speech-settings.ts'
import { WorkersAITranscriptionModel } from './transcription/transcription-model.ts'
import type { WorkersAITranscriptionSettings } from './transcription/transcription-settings.ts'

/** What the models run on. */
export interface WorkersAIModelsOptions {
  binding: AiBinding
  /** Gateway of all models, unless a model's settings say otherwise. */
  gateway?: GatewayOptions | undefined
}

/** A factory for each kind of model. */
export interface WorkersAIModels {
  chat(modelId: TextGenerationModels, settings?: WorkersAIChatSettings): WorkersAIChatLanguageModel
  embedding(modelId: EmbeddingModels, settings?: WorkersAIEmbeddingSettings): WorkersAIEmbeddingModel
  image(modelId: ImageGenerationModels, settings?: WorkersAIImageSettings): WorkersAIImageModel
  transcription(modelId: TranscriptionModels, settings?: WorkersAITranscriptionSettings): WorkersAITranscriptionModel
  speech(modelId: SpeechModels, settings?: WorkersAISpeechSettings): WorkersAISpeechModel
  reranking(modelId: RerankingModels, settings?: WorkersAIRerankingSettings): WorkersAIRerankingModel
}

/** The models of Workers AI over a binding; making one sends nothing. */
export function createWorkersAIModels({ binding, gateway }: WorkersAIModelsOptions): WorkersAIModels {
  const configOf = (kind: string) => ({ provider: `workersai.${kind}`, binding, gateway })
  return {
    chat: (id, settings = {}) => new WorkersAIChatLanguageModel(id, settings, configOf('chat')),
    embedding: (id, settings = {}) => new WorkersAIEmbeddingModel(id, settings, configOf('embedding')),
    image: (id, settings = {}) => new WorkersAIImageModel(id, settings, configOf('image')),
    transcription: (id, settings = {}) => new WorkersAITranscriptionModel(id, settings, configOf('transcription')),
    speech: (id, settings = {}) => new WorkersAISpeechModel(id, settings, configOf('speech')),
    reranking: (id, settings = {}) => new WorkersAIRerankingModel(id, settings, configOf('reranking')),
  }
}
