import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { renameField } from '../rename-field.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/** @see https://api-docs.deepseek.com/api/create-chat-completion */
export const deepseek = defineProvider({
  ...entryOf('deepseek'),
  wire: openaiChat,
  encode: (body) => renameField(body, 'max_completion_tokens', 'max_tokens'),
})
