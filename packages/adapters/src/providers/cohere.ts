import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { cohereChat } from '../wire/cohere-chat.ts'

/** @see https://docs.cohere.com/reference/chat */
export const cohere = defineProvider({ ...entryOf('cohere'), wire: cohereChat })
