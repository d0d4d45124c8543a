import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { renameField } from '../rename-field.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Names its reasoning `reasoning`.
 * @see https://inference-docs.cerebras.ai/api-reference/chat-completions
 */
export const cerebras = defineProvider({
  ...entryOf('cerebras'),
  wire: openaiChat,
  encode: (body) => renameField(body, 'max_tokens', 'max_completion_tokens'),
  deviates: true,
})
