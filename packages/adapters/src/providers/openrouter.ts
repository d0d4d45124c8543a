import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Names its reasoning `reasoning`, and puts errors beside the choices of a stream.
 * @see https://openrouter.ai/docs/api-reference/chat-completion
 */
export const openrouter = defineProvider({ ...entryOf('openrouter'), wire: openaiChat, deviates: true })
