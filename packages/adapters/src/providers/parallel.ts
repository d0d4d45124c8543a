import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Answers with web research: models are `speed`, `lite`, `base` and `core`, and usage is `null`.
 * @see https://docs.parallel.ai/chat-api/chat-quickstart
 */
export const parallel = defineProvider({
  ...entryOf('parallel'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
})
