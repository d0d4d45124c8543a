import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * A router: models are `org/name:provider`, and the shape of the provider behind it shows through.
 * @see https://huggingface.co/docs/inference-providers/tasks/chat-completion
 */
export const huggingface = defineProvider({
  ...entryOf('huggingface'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
})
