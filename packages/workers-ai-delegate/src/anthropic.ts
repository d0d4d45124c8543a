import { createAnthropic } from '@ai-sdk/anthropic'
import type { ProviderPlugin } from './delegate/provider-plugin.ts'

/** Anthropic's Messages, for `anthropic/…`, which run path and gateway path both answer in Anthropic's own format. */
export const anthropic: ProviderPlugin = {
  wireFormat: 'anthropic',
  // The gateway has the secret; the placeholder never leaves the delegate.
  create: ({ modelId, fetch, baseURL }) =>
    createAnthropic({ apiKey: 'unused', fetch, ...(baseURL !== undefined && { baseURL }) })(modelId),
}
