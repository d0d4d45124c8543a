import type { Betas } from './betas.ts'
import type { EmbeddingsApi } from './embeddings/embeddings.ts'
import type { ErrorType } from './error-type.ts'
import type { JsonObject } from './json.ts'
import type { ModerationApi } from './moderation/moderation.ts'
import type { ProviderError } from './provider-error.ts'
import type { ProviderEntry } from './registry.ts'
import type { RerankApi } from './rerank/rerank.ts'
import type { TokenCountApi } from './tokens/token-count.ts'
import type { WireFormat } from './wire-format.ts'

/** One dialect of a vendor's chat API, and where the vendor deviates from it. */
export interface ChatApi {
  wire: WireFormat
  /** The models that answer here. Default all. */
  serves?(model: string): boolean
  /** Path of the chat operation below `basePath`, where it is not the dialect's own. */
  chatPath?(model: string, stream: boolean): string
  /**
   * Whole URL of the chat operation, where the model's name says more of it than the path; `undefined` when the name is
   * not complete.
   */
  chatUrl?(model: string, stream: boolean): string | undefined
  /** Headers of a chat request beside those that every request has. */
  chatHeaders?(call: ChatCall): Readonly<Record<string, string>>
  /** Last change to a request body in this dialect. */
  encode?(body: JsonObject, call: ChatCall): JsonObject
  /**
   * Answers deviate from the dialect in ways that the dialect's reader puts right, so they are read and written anew even
   * for callers of the same format. Without it, and without `repair`, they pass byte for byte.
   */
  deviates?: boolean
  /** Mends an answer or a stream event before it is read. */
  repair?(body: JsonObject): JsonObject
  /**
   * URL to get next where an answer only says that the real one is still to come; `undefined` when it is the real one. The
   * secret goes along within the provider's own origin only.
   */
  follow?(body: JsonObject, call: ChatCall): string | undefined
  /** The header in which callers ask for what is not released yet. */
  betas?: Betas
  /** How the tokens of a request are counted without an answer, where the vendor can. */
  tokenCount?: TokenCountApi
}

/** What a request body alone may not say. */
export interface ChatCall {
  /** As the provider knows it. */
  model: string
  stream: boolean
  /** The caller's values of the dialect's beta header that the vendor takes. */
  betas?: readonly string[]
}

/**
 * A vendor: its registry facts, the dialect of its chat API, and small pure functions for where it deviates. Without a
 * `wire`, only native pass-through reaches it.
 */
export interface Provider extends ProviderEntry, Partial<ChatApi> {
  /** Further dialects that it speaks. A caller of one of them is served in it; others get the first that has the model. */
  otherChatApis?: readonly ChatApi[]
  /** Its embeddings, where it has any. */
  embeddings?: EmbeddingsApi
  /** Its ranking of documents, where it has any. */
  rerank?: RerankApi
  /** Its judgement of content, where it has any. */
  moderation?: ModerationApi
  /** How a model is named, where that is more than one word: shown to callers who leave a part out. */
  modelForm?: string
  /** Headers that every request to the provider carries unless the caller sends them. */
  headers?: Readonly<Record<string, string>>
  /** Knows the vendor's own error words; `undefined` leaves the choice to the general rules. */
  classify?(error: ProviderError): ErrorType | undefined
  /** Provider whose prices its models have, for mirrors and proxies of a vendor. Default its own id. */
  pricedAs?: string
  /** Answers requests itself, in place of the network: the URL and the headers are what would have been sent. */
  fetch?(request: Request): Promise<Response>
  /** The service takes requests without a secret (local servers). */
  keyless?: boolean
}

/** Every dialect that a provider speaks, its main one first. */
export function chatApisOf(provider: Provider): readonly ChatApi[] {
  const { otherChatApis = [] } = provider
  return canChat(provider) ? [provider, ...otherChatApis] : otherChatApis
}

const canChat = (provider: Provider): provider is Provider & ChatApi => provider.wire !== undefined

/** The dialect for a model: the caller's own where the provider speaks it for that model, else the first that has it. */
export function findChatApi(provider: Provider, model: string, callerFormat?: string): ChatApi | undefined {
  const apis = chatApisOf(provider).filter(({ serves }) => serves?.(model) ?? true)
  return apis.find(({ wire }) => wire.id === callerFormat) ?? apis[0]
}

/** Checks a provider's facts and returns it. @throws TypeError naming the field that is wrong. */
export function defineProvider<T extends Provider>(provider: T): T {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(provider.id)) {
    throw new TypeError(`Provider id "${provider.id}" must be lower-case letters, digits and hyphens.`)
  }
  const origin = provider.origin.replaceAll(/[{}]/g, '')
  if (!URL.canParse(origin) || new URL(origin).pathname !== '/') {
    throw new TypeError(
      `Provider "${provider.id}": origin "${provider.origin}" must be scheme and host without a path.`,
    )
  }
  if (provider.basePath !== '' && !/^\/.*[^/]$/.test(provider.basePath)) {
    throw new TypeError(
      `Provider "${provider.id}": basePath "${provider.basePath}" must start with "/" and not end with one.`,
    )
  }
  return provider
}

/** The providers of one gateway, found by id or alias. */
export interface Providers {
  /** In the order given. */
  list: readonly Provider[]
  find(idOrAlias: string): Provider | undefined
}

/** Indexes providers by id and alias. A later one replaces an earlier one of the same id. */
export function createProviders(list: readonly Provider[]): Providers {
  const byId = new Map(list.map((provider) => [provider.id, provider]))
  const unique = [...byId.values()]
  const byAlias = new Map(unique.flatMap((provider) => (provider.aliases ?? []).map((alias) => [alias, provider])))
  return {
    list: unique,
    find: (name) =>
      byId.get(name) ?? byAlias.get(name) ?? byId.get(name.toLowerCase()) ?? byAlias.get(name.toLowerCase()),
  }
}
