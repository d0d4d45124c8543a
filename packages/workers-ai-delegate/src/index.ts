export type {
  AiBinding,
  AiGatewayBinding,
  AiRunOptions,
  GatewayOptions,
  NativeRequest,
  RuntimeAi,
} from './ai-binding.ts'
export {
  AiGatewayInternalError,
  AiGatewayLogNotFound,
  AiInternalError,
  InferenceUpstreamError,
} from './bindings/binding-errors.ts'
export { createAiBinding, type AiBindingSettings, type AiClient } from './bindings/create-ai-binding.ts'
export type { FetchLike, Secret } from './bindings/fetch-like.ts'
export type { AiGatewayClient, AiGatewayLog, AiGatewayLogPatch } from './bindings/gateway-client.ts'
export {
  createWorkersAI,
  type WorkersAI,
  type WorkersAIConnection,
  type WorkersAISettings,
} from './create-workers-ai.ts'
export { createClientFallbackModel, type FallbackLeg } from './delegate/client-fallback.ts'
export {
  createGatewayDelegate,
  type GatewayDelegate,
  type GatewayDelegateConfig,
} from './delegate/create-gateway-delegate.ts'
export { createGatewayFetch, type GatewayFetchConfig } from './delegate/create-gateway-fetch.ts'
export { createGatewayProvider, type ProviderFactoryOptions } from './delegate/create-gateway-provider.ts'
export type { DelegateCallOptions, DispatchInfo, FallbackOptions, Transport } from './delegate/delegate-options.ts'
export {
  detectProviderByUrl,
  findProviderBySlug,
  GATEWAY_PROVIDERS,
  wireableProviders,
  type Billing,
  type GatewayProviderInfo,
  type WireFormat,
} from './delegate/gateway-providers.ts'
export { parseSlug, type ParsedSlug } from './delegate/parse-slug.ts'
export type { PluginModelOptions, ProviderPlugin } from './delegate/provider-plugin.ts'
export { selectTransport, type Selection } from './delegate/select-transport.ts'
export { classifyStatus, type Classification, type GatewayErrorCode } from './errors/classify-status.ts'
export { extractErrorMessage } from './errors/extract-error-message.ts'
export { WorkersAIFallbackError, type FallbackAttempt } from './errors/workers-ai-fallback-error.ts'
export {
  WorkersAIGatewayError,
  type GatewayErrorContext,
  type WorkersAIGatewayErrorOptions,
} from './errors/workers-ai-gateway-error.ts'
export type { ChatModel, ModelSettings } from './model-settings.ts'
export {
  createResumableStream,
  GatewayDelegateError,
  type GatewayDelegateErrorKind,
  type ResumableStreamOptions,
  type ResumeExpiredPolicy,
} from '@gw/adapters/resumable-stream'
export {
  AISearchChatLanguageModel,
  AutoRAGChatLanguageModel,
  WorkersAIChatLanguageModel,
  WorkersAIEmbeddingModel,
  WorkersAIImageModel,
  WorkersAIRerankingModel,
  WorkersAISpeechModel,
  WorkersAITranscriptionModel,
  createAISearch,
  createAutoRAG,
  type AISearchBinding,
  type AISearchChatSettings,
  type AISearchProvider,
  type AISearchSettings,
  type AutoRAGChatSettings,
  type AutoRAGProvider,
  type AutoRAGSettings,
  type EmbeddingModels,
  type ImageGenerationModels,
  type KnownTextGenerationModels,
  type RerankingModels,
  type SpeechModels,
  type TextGenerationModels,
  type TranscriptionModels,
  type WorkersAIChatSettings,
  type WorkersAIEmbeddingSettings,
  type WorkersAIImageSettings,
  type WorkersAIRerankingSettings,
  type WorkersAISpeechSettings,
  type WorkersAITranscriptionSettings,
} from './workers-ai/index.ts'
