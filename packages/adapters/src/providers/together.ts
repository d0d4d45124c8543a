import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Finishes with `eos` and names its reasoning `reasoning`.
 * @see https://docs.together.ai/reference/chat-completions-1
 */
export const together = defineProvider({
  ...entryOf('together'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
})
