import { encodeCompatible } from '../encode-compatible.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Names its reasoning `reasoning_content`.
 * @see https://platform.minimax.io/docs/api-reference/text-openai-api
 */
export const minimax = defineProvider({
  ...entryOf('minimax'),
  wire: openaiChat,
  encode: encodeCompatible,
  deviates: true,
})
