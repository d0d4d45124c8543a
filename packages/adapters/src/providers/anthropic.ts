import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { anthropicMessages } from '../wire/anthropic-messages.ts'

/** @see https://docs.anthropic.com/en/api/messages */
export const anthropic = defineProvider({
  ...entryOf('anthropic'),
  wire: anthropicMessages,
  headers: { 'anthropic-version': '2023-06-01' },
})
