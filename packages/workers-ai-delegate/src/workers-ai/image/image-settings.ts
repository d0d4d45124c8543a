import type { GatewayOptions } from '../../ai-binding.ts'

/** Settings of an image model. */
export type WorkersAIImageSettings = {
  /** Images that one call of the model may ask for; each is a run of its own, side by side. Default: 1. */
  maxImagesPerCall?: number
  /** Gateway for this model's calls, or its id; added to the provider's, field by field. */
  gateway?: GatewayOptions | string
  /** Anything else is passed to `run` as an option, such as `tags` or `extraHeaders`. */
  [option: string]: unknown
}
