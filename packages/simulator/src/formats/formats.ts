import type { Format } from '../format.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { bedrockInvoke } from './bedrock-invoke.ts'
import { cohereChat } from './cohere-chat.ts'
import { geminiGenerate } from './gemini-generate.ts'
import { ollamaChat } from './ollama-chat.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'
import { replicatePrediction } from './replicate-prediction.ts'
import { workersAiRun } from './workers-ai-run.ts'

/** Every wire format that the simulator speaks. */
const formats: readonly Format[] = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  geminiGenerate,
  workersAiRun,
  cohereChat,
  ollamaChat,
  replicatePrediction,
  bedrockConverse,
  bedrockInvoke,
]

const byProvider: Record<string, Format> = {
  anthropic: anthropicMessages,
  'google-ai-studio': geminiGenerate,
  'google-vertex-ai': geminiGenerate,
  google: geminiGenerate,
  'workers-ai': workersAiRun,
  cohere: cohereChat,
  'aws-bedrock': bedrockConverse,
  ollama: ollamaChat,
  replicate: replicatePrediction,
}

/** The format that a path asks for, by how it ends. */
export function formatOfPath(path: string): Format | undefined {
  return formats.find((format) => format.path.test(path))
}

/** The format in which a provider words what is not an answer: errors and model lists. */
export function formatOfProvider(provider: string, path: string): Format {
  if (path.includes('/openai/') || path.includes('/ai/v1/')) return openaiChat
  if (/\/v1beta\b/.test(path)) return geminiGenerate
  if (/\/api\/(?:chat|generate|tags|embed)$/.test(path)) return ollamaChat
  return byProvider[provider] ?? openaiChat
}
