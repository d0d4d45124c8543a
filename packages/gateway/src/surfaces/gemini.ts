import { geminiGenerate } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { formatDialect } from '../errors/dialect.ts'
import { chatSurface } from './chat-surface.ts'
import { countGeminiTokens } from './count-tokens.ts'
import { decodePath } from './decode-path.ts'
import { rejectingSurface } from './rejecting-surface.ts'
import type { Surface } from './surface.ts'
import { geminiEmbeddings } from './tasks.ts'
import { toJsonArray } from './to-json-array.ts'

/**
 * Gemini's `models/{model}:{method}` for any model: `generateContent`, `streamGenerateContent` as events (`?alt=sse`) or
 * as one JSON array that grows, the two that embed, and `countTokens`.
 * @see https://ai.google.dev/api/generate-content
 */
export function geminiSurface(call: string, search: URLSearchParams): Surface {
  const [, model = '', method = ''] = /^(.+):(\w+)$/.exec(decodePath(call)) ?? []
  if (method === 'embedContent' || method === 'batchEmbedContents') return geminiEmbeddings(model)
  if (method === 'countTokens') return countGeminiTokens(model)
  if (method !== 'generateContent' && method !== 'streamGenerateContent') {
    return rejectingSurface(formatDialect(geminiGenerate), unknownMethod(call))
  }
  const stream = method === 'streamGenerateContent'
  const surface = chatSurface({ id: 'generate-content', format: geminiGenerate, named: { model, stream } })
  const wantsArray = stream && search.get('alt') !== 'sse'
  return wantsArray ? { ...surface, wrap: async (answer) => toJsonArray(answer) } : surface
}

function unknownMethod(call: string): GatewayError {
  return new GatewayError(
    'not_found',
    `There is nothing at /v1beta/models/${call.slice(0, 100)}. Use {model}: and generateContent, streamGenerateContent, embedContent, batchEmbedContents or countTokens.`,
  )
}
