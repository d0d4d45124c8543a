import { cohereEmbed } from './cohere-embed.ts'
import { cohereRerank } from './cohere-rerank.ts'
import { anthropicCountTokens, geminiCountTokens, openaiCountTokens } from './count-tokens.ts'
import { geminiBatchEmbedContents, geminiEmbedContent } from './gemini-embeddings.ts'
import { ollamaEmbed } from './ollama-embed.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import type { Task } from './task.ts'

const tasks: readonly Task[] = [
  openaiEmbeddings,
  geminiEmbedContent,
  geminiBatchEmbedContents,
  cohereEmbed,
  cohereRerank,
  ollamaEmbed,
  anthropicCountTokens,
  geminiCountTokens,
  openaiCountTokens,
]

/** The task that a path asks for, by how it ends. */
export function taskOfPath(path: string): Task | undefined {
  return tasks.find((task) => task.path.test(path))
}
