import { createOpenAI } from '@ai-sdk/openai'
import type { ProviderPlugin } from './delegate/provider-plugin.ts'

/**
 * Chat Completions, for every provider that speaks them: `openai/…`, `xai/…`, `groq/…`, `deepseek/…`, `mistral/…` and
 * more, and for runs of the catalogue. Never the Responses API, which runs have not.
 */
export const openai: ProviderPlugin = {
  wireFormat: 'openai',
  // The gateway has the secret; the placeholder never leaves the delegate.
  create: ({ modelId, fetch, baseURL }) =>
    createOpenAI({ apiKey: 'unused', fetch, ...(baseURL !== undefined && { baseURL }) }).chat(modelId),
}
