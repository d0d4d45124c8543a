import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'

/** @see https://platform.openai.com/docs/api-reference/chat */
export const openai = defineProvider({ ...entryOf('openai'), wire: openaiChat })
