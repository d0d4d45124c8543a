import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/**
 * Names its reasoning `reasoning`, repeats usage under `x_groq`, and writes missing tool arguments as `"null"`.
 * @see https://console.groq.com/docs/api-reference
 */
export const groq = defineProvider({ ...entryOf('groq'), wire: openaiChat, deviates: true })
