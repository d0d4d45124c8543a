export { AiGatewayChatLanguageModel } from './ai-gateway-chat-language-model.ts'
export { AiGatewayDoesNotExist } from './ai-gateway-does-not-exist.ts'
export { AiGatewayError, type AiGatewayErrorFacts } from './ai-gateway-error.ts'
export { AiGatewayInternalFetchError } from './ai-gateway-internal-fetch-error.ts'
export { AiGatewayUnauthorizedError } from './ai-gateway-unauthorized-error.ts'
export { gatewayAwareFetch } from './capture.ts'
export { createAiGateway, type AiGateway, type AiGatewayModelFactory } from './create-ai-gateway.ts'
export type { GatewayMetadata } from './gateway-metadata.ts'
export { parseAiGatewayOptions } from './gateway-options.ts'
export type { GatewayModel, ModelKind, ModelLike, ModelSource, ModelSources, Version } from './model-types.ts'
export type {
  AiGatewayAPISettings,
  AiGatewayBindingSettings,
  AiGatewayCommonSettings,
  AiGatewayModelOptions,
  AiGatewayOptions,
  AiGatewayResumePolicy,
  AiGatewayResumeSettings,
  AiGatewayReties,
  AiGatewayRetries,
  AiGatewaySettings,
  FallbackMode,
  FetchFunction,
  ModelProvider,
  UnifiedProvider,
} from './settings.ts'
