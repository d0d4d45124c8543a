import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { geminiEmbed } from '../embeddings/gemini-embed.ts'
import type { ErrorType } from '../error-type.ts'
import { objectOf, objectsOf, stringOf } from '../json.ts'
import type { ProviderError } from '../provider-error.ts'
import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { geminiCount } from '../tokens/token-count.ts'
import { geminiGenerate } from '../wire/gemini-generate.ts'

/** @see https://ai.google.dev/api/generate-content */
export const googleAIStudio = defineProvider({
  ...entryOf('google-ai-studio'),
  wire: geminiGenerate,
  tokenCount: geminiCount,
  classify,
  embeddings: embeddingsApi({ format: geminiEmbed }),
})

/** Every limit is a "quota" in its words; those of a minute pass by waiting, those of a day don't. */
function classify({ status, body }: ProviderError): ErrorType | undefined {
  const details = objectsOf(objectOf(body?.['error'])?.['details'])
  const limits = details
    .flatMap(({ violations }) => objectsOf(violations))
    .map(({ quotaId }) => stringOf(quotaId) ?? '')
  if (status !== 429 || limits.length === 0) return undefined
  return limits.some((limit) => /PerDay/.test(limit)) ? 'quota_exceeded' : 'rate_limit'
}
