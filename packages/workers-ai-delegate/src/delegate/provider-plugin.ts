import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { WireFormat } from './gateway-providers.ts'

/** What a plugin makes a model with. */
export interface PluginModelOptions {
  modelId: string
  /** Takes the model's requests through the gateway. */
  fetch: typeof globalThis.fetch
  /** Address of the provider's API, where it is not the plugin's own. */
  baseURL?: string
}

/** Lends the delegate an AI SDK provider that writes requests and reads answers in one dialect. */
export interface ProviderPlugin {
  readonly wireFormat: WireFormat
  create(options: PluginModelOptions): LanguageModelV4
}
