import {
  createOpenAICompatible,
  type OpenAICompatibleProvider,
  type OpenAICompatibleProviderSettings,
} from '@ai-sdk/openai-compatible'
import { gatewayAwareFetch } from '../capture.ts'
import { compatURL } from '../target-of.ts'

/**
 * A provider for the gateway's unified endpoint, where any provider's models are named `provider/model` and speak
 * OpenAI's chat completions.
 *
 * @example
 * gateway(createUnified()('dynamic/support'))
 */
export function createUnified(settings: Partial<OpenAICompatibleProviderSettings> = {}): OpenAICompatibleProvider {
  const fetch = gatewayAwareFetch(settings.fetch)
  return createOpenAICompatible({ baseURL: compatURL, name: 'Unified', ...settings, fetch })
}

/** The provider with its defaults. */
export const unified: OpenAICompatibleProvider = /* @__PURE__ */ createUnified()
