import { bearer, type Auth } from './auth.ts'
import { embeddingsApi } from './embeddings/embeddings-api.ts'
import { openaiEmbeddings } from './embeddings/openai-embeddings.ts'
import { defineProvider, type Provider } from './provider.ts'
import { cohereRerank } from './rerank/cohere-rerank.ts'
import { openaiChat } from './wire/openai-chat.ts'

export interface OpenAICompatibleOptions {
  id: string
  /** URL of the API up to, not including, `/chat/completions`. */
  baseURL: string
  aliases?: readonly string[]
  /** Default `Authorization: Bearer`. */
  auth?: Auth
  /** Environment variables that may hold the secret. Default `{ID}_API_KEY`. */
  envKeys?: readonly string[]
  /** The service takes requests without a secret. Default false. */
  keyless?: boolean
  /** Its answers need mending; see `Provider.deviates`. Default false. */
  deviates?: boolean
  /** Provider whose prices its models have. Default its own id. */
  pricedAs?: string
  encode?: Provider['encode']
  repair?: Provider['repair']
}

/**
 * A provider whose API is OpenAI's: chat, embeddings, and rerank as such servers have it.
 * @throws TypeError when `baseURL` is no URL.
 * @example openaiCompatible({ id: 'acme', baseURL: 'https://api.acme.ai/v1' })
 */
export function openaiCompatible(options: OpenAICompatibleOptions): Provider {
  const { id, baseURL, aliases, auth = bearer(), keyless = false, deviates = false, encode, repair } = options
  const url = new URL(baseURL)
  return defineProvider({
    id,
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    auth,
    envKeys: options.envKeys ?? [`${id.toUpperCase().replaceAll('-', '_')}_API_KEY`],
    billing: 'byok',
    wire: openaiChat,
    embeddings: embeddingsApi({ format: openaiEmbeddings }),
    rerank: { format: cohereRerank },
    keyless,
    deviates,
    ...(options.pricedAs !== undefined && { pricedAs: options.pricedAs }),
    ...(aliases && { aliases }),
    ...(encode && { encode }),
    ...(repair && { repair }),
  })
}
