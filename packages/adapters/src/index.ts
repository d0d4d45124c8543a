export { apiKeyHeader, authScheme, bearer, type Auth } from './auth.ts'
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
export { createEventDecoder, streamTypes, type Framing } from './create-event-decoder.ts'
export { createSseDecoder, type SseDecoder, type SseEvent } from './decode-stream.ts'
export { errorTypes, type ErrorType } from './error-type.ts'
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
export { readProviderError } from './read-provider-error.ts'
export { toNativeUrl, type ProviderEntry } from './registry.ts'
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
export { cohereChat } from './wire/cohere-chat.ts'
export { geminiGenerate } from './wire/gemini-generate.ts'
export { openaiChat } from './wire/openai-chat.ts'
export { workersAI } from './wire/workers-ai.ts'
