import { createGoogle } from '@ai-sdk/google'
import type { ProviderPlugin } from './delegate/provider-plugin.ts'

/**
 * Gemini's generateContent, for `google/…` on the gateway path; runs of Gemini models answer in OpenAI's format and need
 * the `openai` plugin. Vertex AI has other addresses and secrets: wrap its provider with `createGatewayProvider`.
 */
export const google: ProviderPlugin = {
  wireFormat: 'google',
  // The gateway has the secret; the placeholder never leaves the delegate.
  create: ({ modelId, fetch, baseURL }) =>
    createGoogle({ apiKey: 'unused', fetch, ...(baseURL !== undefined && { baseURL }) })(modelId),
}
