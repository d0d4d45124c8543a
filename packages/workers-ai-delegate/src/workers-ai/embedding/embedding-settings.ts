import type { GatewayOptions } from '../../ai-binding.ts'

/** Settings of an embedding model; `providerOptions['workers-ai']` of a call wins over them. */
export type WorkersAIEmbeddingSettings = {
  /** Gateway for this model's calls, or its id; added to the provider's, field by field. */
  gateway?: GatewayOptions | string
  /** Texts in one call. Default: 3,000. */
  maxEmbeddingsPerCall?: number
  /** Whether the AI SDK may send several calls at once. Default: `true`. */
  supportsParallelCalls?: boolean
  /** How bge models pool; vectors of the two do not compare. Default: the model's own, `mean`. */
  pooling?: 'mean' | 'cls'
  /** Anything else is passed to `run` as an option, such as `tags` or `extraHeaders`. */
  [option: string]: unknown
}
