export { apiKeyHeader, authScheme, bearer, type Auth } from './auth.ts'
export { formatAwsException } from './aws-exception.ts'
export { anthropicBetas, cloudBetas, openaiBetas, type Betas } from './betas.ts'
export { builtinProviders } from './builtin-providers.ts'
export {
  hasOutput,
  type AssistantMessage,
  type ChatChunk,
  type ChatRequest,
  type ChatResponse,
  type ChatUsage,
  type ContentPart,
  type Message,
  type ReasoningDetail,
  type Tool,
  type ToolCall,
} from './chat.ts'
export type { EmbeddingsApi, EmbeddingsFormat, EmbeddingsRequest } from './embeddings/embeddings.ts'
export { embeddingsApi, type EmbeddingsFacts } from './embeddings/embeddings-api.ts'
export { bedrockTokens } from './embeddings/bedrock-embed.ts'
export { vertexEmbed } from './embeddings/vertex-embed.ts'
export { cohereEmbed } from './embeddings/cohere-embed.ts'
export { geminiEmbed } from './embeddings/gemini-embed.ts'
export { ollamaEmbed } from './embeddings/ollama-embed.ts'
export { openaiEmbeddings } from './embeddings/openai-embeddings.ts'
export type { ModerationApi } from './moderation/moderation.ts'
export { openaiModeration } from './moderation/openai-moderation.ts'
export { cohereRerank } from './rerank/cohere-rerank.ts'
export type { RerankApi, RerankFormat, RerankRequest } from './rerank/rerank.ts'
export { workersAIRerank } from './rerank/workers-ai-rerank.ts'
export type { TaskAnswer, TaskApi, TaskFormat } from './tasks/task-format.ts'
export { createEventDecoder, streamTypes, type Framing } from './create-event-decoder.ts'
export { createSseDecoder, type SseDecoder, type SseEvent } from './decode-stream.ts'
export { errorTypes, type ErrorType } from './error-type.ts'
export { googleEndpoint } from './google-endpoint.ts'
export { isObject, parseObject, type Json, type JsonObject } from './json.ts'
export { openaiCompatible, type OpenAICompatibleOptions } from './openai-compatible.ts'
export type { ProviderError } from './provider-error.ts'
export {
  chatApisOf,
  createProviders,
  defineProvider,
  findChatApi,
  type ChatApi,
  type ChatCall,
  type Provider,
  type Providers,
} from './provider.ts'
export { readRateLimits, type RateLimit, type RateLimits } from './rate-limits.ts'
export { readProviderError, readStreamError } from './read-provider-error.ts'
export { toNativeUrl, type ProviderEntry } from './registry.ts'
export {
  anthropicCount,
  geminiCount,
  readTokenCount,
  responsesCount,
  type TokenCountApi,
  type TokenCountFormat,
} from './tokens/token-count.ts'
export { toUsage, type Usage } from './usage.ts'
export { WireError } from './wire-error.ts'
export type {
  CallerError,
  StreamDecoder,
  StreamEncoder,
  StreamItem,
  WireContext,
  WireFormat,
  WireRequest,
} from './wire-format.ts'
export { anthropicMessages } from './wire/anthropic-messages.ts'
export { bedrockConverse } from './wire/bedrock-converse.ts'
export { cohereChat } from './wire/cohere-chat.ts'
export { geminiGenerate } from './wire/gemini-generate.ts'
export { ollamaChat } from './wire/ollama-chat.ts'
export { ollamaGenerate } from './wire/ollama-generate.ts'
export { openaiChat } from './wire/openai-chat.ts'
export { openaiCompletions } from './wire/openai-completions.ts'
export { openaiResponses } from './wire/openai-responses.ts'
export { workersAI } from './wire/workers-ai.ts'
