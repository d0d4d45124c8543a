import type { GatewayOptions } from '../../ai-binding.ts'

/** Settings that concern the call and not the model: the gateway, headers, and whatever else `run` takes as an option. */
export interface RunSettings {
  /** Gateway for this model's calls, or its id; added to the provider's, field by field. */
  gateway?: GatewayOptions | string
  /** HTTP headers of every call. */
  extraHeaders?: Record<string, string>
  /** Requests with the same key reach the same replica, where the prompt's prefix is cached. */
  sessionAffinity?: string
  /** Anything else is passed to `run` as an option, such as `tags`. */
  [option: string]: unknown
}
