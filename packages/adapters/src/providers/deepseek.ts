import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChatWith } from '../wire/openai-chat.ts'

/**
 * Thinks between tool calls, and wants these thoughts back with the results.
 * @see https://api-docs.deepseek.com/api/create-chat-completion
 * @see https://api-docs.deepseek.com/guides/thinking_mode
 */
export const deepseek = defineProvider({
  ...entryOf('deepseek'),
  wire: openaiChatWith('content'),
  encode: encodeCompatible,
})
