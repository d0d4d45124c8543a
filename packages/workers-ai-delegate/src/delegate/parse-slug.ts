import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import { anyAuthHeaders } from './gateway-controls.ts'
import { findProviderBySlug, type GatewayProviderInfo, type WireFormat } from './gateway-providers.ts'

/** The parts of `provider/model`. */
export interface ParsedSlug {
  resolverKey: string
  /** In the provider's own words; may contain slashes. */
  modelId: string
}

/** A slug whose provider a plugin can speak to. */
export interface ResolvedSlug extends ParsedSlug {
  slug: string
  info: GatewayProviderInfo & { wireFormat: WireFormat }
}

/** Splits `provider/model` at the first slash. Throws a `GatewayDelegateError` of kind `config` where a part is missing. */
export function parseSlug(slug: string): ParsedSlug {
  const slash = slug.indexOf('/')
  const [resolverKey, modelId] = [slug.slice(0, Math.max(slash, 0)), slug.slice(slash + 1)]
  if (slash !== -1 && resolverKey !== '' && modelId !== '') return { resolverKey, modelId }
  const problem = slash === -1 ? 'has no resolver key' : 'is malformed'
  throw new GatewayDelegateError('config', `Model slug "${slug}" ${problem}. Use "<provider>/<model>", "openai/gpt-5".`)
}

/** Finds a slug's provider. Throws a `GatewayDelegateError` of kind `config` where there is none that a plugin can speak to. */
export function resolveSlug(slug: string): ResolvedSlug {
  const { resolverKey, modelId } = parseSlug(slug)
  const info = findProviderBySlug(resolverKey)
  if (info === undefined) {
    throw new GatewayDelegateError(
      'config',
      `Unknown gateway provider "${resolverKey}" in "${slug}". wireableProviders() lists those that slugs reach; ` +
        'createGatewayProvider takes any other.',
    )
  }
  const { wireFormat } = info
  if (wireFormat === undefined) {
    throw new GatewayDelegateError(
      'config',
      `"${resolverKey}" has no chat API that a plugin speaks. Wrap its own provider: createGatewayProvider(create…, …).`,
    )
  }
  return { slug, resolverKey, modelId, info: { ...info, wireFormat } }
}

/**
 * As `resolveSlug`, for a gateway that answers every provider's models in the format of chat completions and has a
 * gateway path to each: it knows providers that nobody here does, so only a malformed slug throws.
 */
export function resolveAnySlug(slug: string): ResolvedSlug {
  const { resolverKey, modelId } = slug.startsWith('@') ? { resolverKey: 'workers-ai', modelId: slug } : parseSlug(slug)
  const known = findProviderBySlug(resolverKey)
  if (known?.wireFormat) {
    return { slug, resolverKey, modelId, info: { ...known, wireFormat: known.wireFormat, gatewayPath: true } }
  }
  const info = {
    ...(known ?? { gatewayProviderId: resolverKey, billing: 'byok' as const, authHeaders: anyAuthHeaders }),
    resolverKey,
    wireFormat: 'openai' as const,
    runCatalog: true,
    unified: true,
  }
  return { slug, resolverKey, modelId, info }
}
