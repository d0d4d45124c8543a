import { aiSdkClients } from './ai-sdk-clients.ts'
import { anthropicClient } from './anthropic-client.ts'
import { cohereClient } from './cohere-client.ts'
import { geminiClient } from './gemini-client.ts'
import { mistralClient } from './mistral-client.ts'
import { ollamaChatClient } from './ollama-chat-client.ts'
import { ollamaGenerateClient } from './ollama-generate-client.ts'
import { openaiChatClient } from './openai-chat-client.ts'
import { openaiCompletionsClient } from './openai-completions-client.ts'
import { openaiResponsesClient } from './openai-responses-client.ts'
import type { SdkClient } from './sdk-client.ts'

/** Every official client, for every format that callers speak. */
export const sdkClients: readonly SdkClient[] = [
  openaiChatClient,
  openaiResponsesClient,
  openaiCompletionsClient,
  anthropicClient,
  geminiClient,
  ollamaChatClient,
  ollamaGenerateClient,
  cohereClient,
  mistralClient,
  ...Object.values(aiSdkClients),
]
