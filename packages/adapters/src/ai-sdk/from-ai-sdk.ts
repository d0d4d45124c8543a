import { bearer } from '../auth.ts'
import { embeddingsApi } from '../embeddings/embeddings-api.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import { isObject, stringOf } from '../json.ts'
import { defineProvider, type Provider } from '../provider.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { isFactory, providerOf, type AiSdkProvider, type AiSdkSource } from './ai-sdk-source.ts'
import { answerChat } from './answer-chat.ts'
import { answerEmbeddings } from './answer-embeddings.ts'
import { toErrorResponse } from './to-error-response.ts'

export interface FromAiSdkOptions {
  /**
   * Lower-case letters, digits and hyphens: what stands before the slash in model names. Default the vendor's own name,
   * where the source tells it: `createFireworks` is `fireworks`.
   */
  id?: string
  aliases?: readonly string[]
  /** Environment variables that may hold the key that a factory gets. Default `{ID}_API_KEY`. */
  envKeys?: readonly string[]
  /** Provider whose prices its models have. Default its own id. */
  pricedAs?: string
}

/**
 * Makes a gateway provider of an AI SDK provider, of a factory for one, or of a single model: language models with streams
 * and tools, and embedding models, of AI SDK 6 and 7. A factory is called with the key that the gateway has resolved; a
 * provider or model has its own.
 * @throws TypeError when `id` is malformed, or missing and not to be told.
 * @example fromAiSdk(createFireworks)
 */
export function fromAiSdk(source: AiSdkSource, options: FromAiSdkOptions = {}): Provider {
  const { id = idOf(source), aliases, envKeys, pricedAs } = options
  return defineProvider({
    id,
    // Nothing is sent there: `fetch` answers.
    origin: `https://${id}.ai-sdk.invalid`,
    basePath: '',
    auth: bearer(),
    envKeys: envKeys ?? [`${id.toUpperCase().replaceAll('-', '_')}_API_KEY`],
    billing: 'byok',
    wire: openaiChat,
    embeddings: embeddingsApi({ format: openaiEmbeddings }),
    keyless: !isFactory(source),
    ...(aliases && { aliases }),
    ...(pricedAs !== undefined && { pricedAs }),
    fetch: (request) => answer(request, source),
  })
}

function idOf(source: AiSdkSource): string {
  const [, made] = isFactory(source) ? (/^create(\w+)$/.exec(source.name) ?? []) : []
  const [vendor] = 'provider' in source && typeof source.provider === 'string' ? source.provider.split('.') : []
  const name = made?.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-') ?? vendor
  if (name !== undefined) return name.toLowerCase()
  throw new TypeError('Say what the provider is called: fromAiSdk(source, { id: "acme" }).')
}

async function answer(request: Request, source: AiSdkSource): Promise<Response> {
  try {
    const provider = isFactory(source) ? source({ apiKey: keyOf(request) }) : providerOf(source)
    const body: unknown = await request.json()
    if (!isObject(body))
      return Response.json({ error: { message: 'The body must be a JSON object.' } }, { status: 400 })
    const model = stringOf(body['model']) ?? ''
    const context = { model, now: Date.now, createId: () => crypto.randomUUID() }
    if (request.url.endsWith('/embeddings'))
      return await embed(provider, openaiEmbeddings.parseRequest(body), request.signal)
    const call = { request: openaiChat.parseRequest(body, context), signal: request.signal, context }
    return await answerChat({ model: provider.languageModel(model), ...call })
  } catch (error) {
    return toErrorResponse(error)
  }
}

function embed(provider: AiSdkProvider, request: Parameters<typeof answerEmbeddings>[1], signal: AbortSignal) {
  const model = provider.embeddingModel?.(request.model) ?? provider.textEmbeddingModel?.(request.model)
  if (model) return answerEmbeddings(model, request, signal)
  return Response.json({ error: { message: 'This provider has no embedding models.' } }, { status: 404 })
}

const keyOf = ({ headers }: Request): string => (headers.get('authorization') ?? '').replace(/^Bearer /, '')
