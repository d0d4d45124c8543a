import { findEntry, matchUrl, registry, type ProviderEntry } from '@gw/adapters/registry'

/** Dialect that a plugin speaks. */
export type WireFormat = 'openai' | 'anthropic' | 'google'

/** Who pays on Cloudflare's gateway: its credits, or the caller's own key. */
export type Billing = 'unified' | 'byok'

/** What the delegate needs to know of a provider. */
export interface GatewayProviderInfo {
  /** Provider part of slugs, and author in the run catalogue. */
  resolverKey: string
  /** Slug in gateway URLs and universal entries. */
  gatewayProviderId: string
  /** Dialect of its own API; absent: only `createGatewayProvider` reaches it. */
  wireFormat?: WireFormat
  /** Dialect of the run path. Default: `openai`. */
  runWireFormat?: WireFormat
  /** Base URL for the plugin, where it is not the plugin's own. */
  baseURL?: string
  /** Whether `env.AI.run('provider/model')` knows it. */
  runCatalog: boolean
  /** `false`: it is reached on the run path only. */
  gatewayPath?: boolean
  /** Its entries go to the gateway's unified endpoint, as no plugin speaks its own dialect. */
  unified?: boolean
  billing: Billing
  /** Headers that may carry its secret, the usual one first. */
  authHeaders: string[]
  hostPattern?: RegExp
  /** A URL of the provider as the endpoint of a universal entry. */
  transformEndpoint?: (url: string) => string
}

/** Where the run catalogue's author is not the gateway's slug. */
const authors: Readonly<Record<string, string>> = {
  'google-ai-studio': 'google',
  grok: 'xai',
  'google-vertex-ai': 'google-vertex',
  'perplexity-ai': 'perplexity',
}

/** Every provider of the registry, in the order in which URLs are matched. */
export const GATEWAY_PROVIDERS: GatewayProviderInfo[] = /* @__PURE__ */ registry.map(toInfo)

/** The provider of a slug's first part, an id or one of its aliases. */
export function findProviderBySlug(resolverKey: string): GatewayProviderInfo | undefined {
  return infoOf(findEntry(resolverKey))
}

/** The provider that a URL belongs to. */
export function detectProviderByUrl(url: string): GatewayProviderInfo | undefined {
  return infoOf(matchUrl(url)?.entry)
}

/** The providers that slugs reach with a plugin. */
export function wireableProviders(): GatewayProviderInfo[] {
  return GATEWAY_PROVIDERS.filter(({ wireFormat }) => wireFormat !== undefined)
}

/** The endpoint of a universal entry for a provider's URL, wherever the plugin sends it. */
export function toEndpoint(info: GatewayProviderInfo | undefined, url: string): string {
  if (info?.transformEndpoint && info.hostPattern?.test(url)) return info.transformEndpoint(url)
  const { pathname, search } = new URL(url)
  return pathname.slice(1) + search
}

function infoOf(entry: ProviderEntry | undefined): GatewayProviderInfo | undefined {
  return entry && GATEWAY_PROVIDERS.find(({ gatewayProviderId }) => gatewayProviderId === entry.id)
}

function toInfo(entry: ProviderEntry): GatewayProviderInfo {
  const { id, clientWire, clientBaseURL, runCatalog = false, gatewayPath, billing, auth, host } = entry
  return {
    resolverKey: authors[id] ?? id,
    gatewayProviderId: id,
    ...(clientWire && { wireFormat: clientWire }),
    // The catalogue answers in OpenAI's format for everyone but Anthropic.
    ...(runCatalog && clientWire === 'anthropic' && { runWireFormat: clientWire }),
    ...(clientBaseURL !== undefined && { baseURL: clientBaseURL }),
    runCatalog,
    ...(gatewayPath !== undefined && { gatewayPath }),
    billing,
    authHeaders: [auth.header, ...(entry.otherAuthHeaders ?? [])],
    ...(host && { hostPattern: host, transformEndpoint: (url) => matchUrl(url)?.path ?? url }),
  }
}
