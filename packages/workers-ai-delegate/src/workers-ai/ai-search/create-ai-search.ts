import type { SharedV4Warning } from '@ai-sdk/provider'
import { AISearchChatLanguageModel } from './ai-search-chat-language-model.ts'
import type { AISearchBinding } from './ai-search-binding.ts'
import type { AISearchChatSettings } from './ai-search-settings.ts'

/** What an AI Search provider is made with. */
export interface AISearchSettings {
  /** `env.AI.autorag('name')`. */
  binding: AISearchBinding
}

/** Makes models of one AI Search instance. */
export interface AISearchProvider {
  (settings?: AISearchChatSettings): AISearchChatLanguageModel
  chat(settings?: AISearchChatSettings): AISearchChatLanguageModel
}

/** @deprecated Use `AISearchSettings`: AutoRAG is called AI Search. */
export type AutoRAGSettings = AISearchSettings

/** @deprecated Use `AISearchProvider`: AutoRAG is called AI Search. */
export type AutoRAGProvider = AISearchProvider

/**
 * A provider over an AI Search instance (formerly AutoRAG), whose models answer from its documents.
 *
 * @example
 * const { text, sources } = await generateText({ model: createAISearch({ binding: env.AI.autorag('docs') })(), prompt })
 */
export function createAISearch({ binding }: AISearchSettings): AISearchProvider {
  return createProvider(binding, 'aisearch.chat')
}

/** @deprecated Use `createAISearch`: AutoRAG is called AI Search. Every answer carries a warning that says so. */
export function createAutoRAG({ binding }: AISearchSettings): AISearchProvider {
  const message = 'AutoRAG is called AI Search: use `createAISearch`.'
  return createProvider(binding, 'autorag.chat', [{ type: 'deprecated', setting: 'createAutoRAG', message }])
}

function createProvider(
  binding: AISearchBinding,
  provider: string,
  warnings: SharedV4Warning[] = [],
): AISearchProvider {
  // AI Search chooses the model itself; the id is what it uses by default.
  const chat = (settings: AISearchChatSettings = {}) =>
    new AISearchChatLanguageModel('@cf/meta/llama-3.3-70b-instruct-fp8-fast', settings, { provider, binding, warnings })
  return Object.assign((settings?: AISearchChatSettings) => chat(settings), { chat })
}
