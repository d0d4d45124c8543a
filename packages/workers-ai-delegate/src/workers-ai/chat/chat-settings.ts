import type { GatewayOptions } from '../../ai-binding.ts'

/** Settings of a chat model; `providerOptions['workers-ai']` of a call wins over them. */
export type WorkersAIChatSettings = {
  /** Asks the model to put a safety prompt in front. Default: `false`. */
  safePrompt?: boolean
  /** Gateway for this model's calls, or its id; added to the provider's, field by field. */
  gateway?: GatewayOptions | string
  /** Requests with the same key reach the same replica, where the prompt's prefix is cached. */
  sessionAffinity?: string
  /** How much a reasoning model thinks; `null` switches it off. Default: the model's own. */
  reasoning_effort?: 'low' | 'medium' | 'high' | null
  /** Switches of the model's chat template. */
  chat_template_kwargs?: {
    /** Whether the model thinks at all. Default: the model's own. */
    enable_thinking?: boolean
    /** `false` keeps the thoughts of earlier turns. */
    clear_thinking?: boolean
  }
  /** Anything else is passed to `run` as an option, such as `tags` or `extraHeaders`. */
  [option: string]: unknown
}
