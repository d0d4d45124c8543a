import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Model APIs; dedicated deployments have native paths of their own.
 * @see https://docs.baseten.co/inference/model-apis/overview
 */
export const baseten = defineProvider({
  ...entryOf('baseten'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
})
