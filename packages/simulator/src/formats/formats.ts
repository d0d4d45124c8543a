import type { Format } from '../format.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { cohereChat } from './cohere-chat.ts'
import { geminiGenerate } from './gemini-generate.ts'
import { openaiChat } from './openai-chat.ts'
import { workersAiRun } from './workers-ai-run.ts'

/** Every wire format that the simulator speaks. */
const formats: readonly Format[] = [openaiChat, anthropicMessages, geminiGenerate, workersAiRun, cohereChat]

const byProvider: Record<string, Format> = {
  anthropic: anthropicMessages,
  'google-ai-studio': geminiGenerate,
  'google-vertex-ai': geminiGenerate,
  google: geminiGenerate,
  'workers-ai': workersAiRun,
  cohere: cohereChat,
}

/** The format that a path asks for, by how it ends. */
export function formatOfPath(path: string): Format | undefined {
  return formats.find((format) => format.path.test(path))
}

/** The format in which a provider words what is not an answer: errors and model lists. */
export function formatOfProvider(provider: string, path: string): Format {
  if (path.includes('/openai/') || path.includes('/ai/v1/')) return openaiChat
  if (/\/v1beta\b/.test(path)) return geminiGenerate
  return byProvider[provider] ?? openaiChat
}
