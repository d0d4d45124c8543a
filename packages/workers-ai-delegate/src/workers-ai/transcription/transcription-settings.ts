import type { GatewayOptions } from '../../ai-binding.ts'

/** Settings of a transcription model; `providerOptions['workers-ai']` of a call wins over them. */
export type WorkersAITranscriptionSettings = {
  /** Language of the audio, such as `en`. Default: the model finds out. */
  language?: string
  /** Words that Whisper should expect. */
  prompt?: string
  /** Gateway for this model's calls, or its id; added to the provider's, field by field. */
  gateway?: GatewayOptions | string
  /** Anything else is passed to `run` as an option, such as `tags` or `extraHeaders`. */
  [option: string]: unknown
}
