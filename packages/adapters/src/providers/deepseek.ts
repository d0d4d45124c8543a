import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/** @see https://api-docs.deepseek.com/api/create-chat-completion */
export const deepseek = defineProvider({
  ...entryOf('deepseek'),
  wire: openaiChat,
  encode: encodeCompatible,
})
