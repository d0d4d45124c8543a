import { anthropicBetas } from '../betas.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { anthropicCount } from '../tokens/token-count.ts'
import { anthropicMessages } from '../wire/anthropic-messages.ts'

/** @see https://docs.anthropic.com/en/api/messages */
export const anthropic = defineProvider({
  ...entryOf('anthropic'),
  wire: anthropicMessages,
  tokenCount: anthropicCount,
  betas: anthropicBetas,
  headers: { 'anthropic-version': '2023-06-01' },
})
