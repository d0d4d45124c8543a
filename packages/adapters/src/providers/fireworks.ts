import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { renameField } from '../rename-field.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/** @see https://docs.fireworks.ai/api-reference/post-chatcompletions */
export const fireworks = defineProvider({
  ...entryOf('fireworks'),
  wire: openaiChat,
  encode: (body) => renameField(body, 'max_completion_tokens', 'max_tokens'),
})
