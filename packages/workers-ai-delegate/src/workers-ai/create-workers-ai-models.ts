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
import type { ModelConfig } from './run/model-config.ts'
import type { RunSettings } from './run/run-settings.ts'
import { checkGateway } from './run/split-gateway.ts'
import { chooseGateway } from './run/to-run-options.ts'
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

/** The models of Workers AI over a binding; making one sends nothing, and throws for gateway options past their limits. */
export function createWorkersAIModels({ binding, gateway }: WorkersAIModelsOptions): WorkersAIModels {
  const configOf = (kind: string, settings: RunSettings): ModelConfig => {
    const chosen = chooseGateway(gateway, settings.gateway)
    if (chosen) checkGateway(chosen)
    return { provider: `workersai.${kind}`, binding, gateway }
  }
  return {
    chat: (id, own = {}) => new WorkersAIChatLanguageModel(id, own, configOf('chat', own)),
    embedding: (id, own = {}) => new WorkersAIEmbeddingModel(id, own, configOf('embedding', own)),
    image: (id, own = {}) => new WorkersAIImageModel(id, own, configOf('image', own)),
    transcription: (id, own = {}) => new WorkersAITranscriptionModel(id, own, configOf('transcription', own)),
    speech: (id, own = {}) => new WorkersAISpeechModel(id, own, configOf('speech', own)),
    reranking: (id, own = {}) => new WorkersAIRerankingModel(id, own, configOf('reranking', own)),
  }
}
