import { entryHeaders } from '@gw/headers/entry-headers'
import { toAiBinding, type AiBinding, type GatewayOptions, type RuntimeAi } from '../ai-binding.ts'
import { createRestBinding } from '../bindings/create-rest-binding.ts'
import type { FetchLike, Secret } from '../bindings/fetch-like.ts'
import { WorkersAIGatewayError } from '../errors/workers-ai-gateway-error.ts'
import { dispatch, type DelegateCall } from './delegate-call.ts'
import { anyAuthHeaders, gatewayKeyIn, toEntryControls } from './gateway-controls.ts'
import { detectProviderByUrl, findProviderBySlug, toEndpoint, type GatewayProviderInfo } from './gateway-providers.ts'
import { createFetch, readJsonBody, type ProviderRequest } from './provider-request.ts'
import { sendEntries } from './universal-entry.ts'

/** How another provider's requests go through a gateway. */
export interface GatewayFetchConfig {
  /** `env.AI` or that of `createAiBinding`; or credentials in its place. */
  binding?: AiBinding | RuntimeAi
  /** Cloudflare account, without a binding. */
  accountId?: string
  /** Cloudflare API token, without a binding. A `createGatewayProvider` takes it as `cloudflareApiKey`. */
  cloudflareApiKey?: Secret
  /** `fetch` for the credentials. Default: the global one. */
  fetch?: FetchLike
  gateway: GatewayOptions | string
  /** Slug of the provider, where its URL does not tell. */
  provider?: string
  /** Send the provider's own secret along. Default: `false`, the gateway's stored one is used. */
  byok?: boolean
  /** Headers of every request; a secret that is not the provider's is left out. */
  extraHeaders?: Record<string, string>
  /** Seconds to keep the answer; 0 for no caching. */
  cacheTtl?: number
  /** Answer from the provider although a cached answer exists. */
  skipCache?: boolean
  /** Resume streams that break off, over a gateway of one's own. Default: `true`. */
  resume?: boolean
}

interface Target {
  id: string
  info: GatewayProviderInfo | undefined
}

/**
 * A `fetch` that takes an AI SDK provider's requests through a gateway: JSON as a universal entry, everything else
 * (forms, audio, `GET`) on the provider's own path where the binding has one.
 *
 * Throws a `WorkersAIGatewayError` without a binding or a gateway, for a URL that belongs to no known provider, and for
 * a body that `env.AI` has no way to send.
 *
 * @example
 * const openai = createOpenAI({ apiKey: 'unused', fetch: createGatewayFetch({ binding: env.AI, gateway: 'my-gateway' }) })
 */
export function createGatewayFetch(config: GatewayFetchConfig): typeof globalThis.fetch {
  const call = toCall(config)
  const { binding, gateway } = call
  const controls = toEntryControls(gateway, call.options)

  return createFetch(async (request) => {
    const { url, method, body, signal } = request
    const target = findTarget(config.provider, url)
    const path = toEndpoint(target.info, url)
    const headers = { ...toHeaders(config, target, request), ...controls }
    const query = method === 'POST' ? readJsonBody(request) : undefined

    if (query !== undefined) {
      if (!binding.gateway) throw fail('The binding has no gateway(): pass env.AI, createAiBinding(…) or credentials.')
      return sendEntries(call, [{ provider: target.id, endpoint: path, headers, query }], signal)
    }
    const native = binding.native?.bind(binding)
    if (!native) {
      throw fail(
        `env.AI carries JSON only, not this ${method} to ${target.id} (a form, a file or a request without a body). ` +
          'Use createAiBinding(…) or credentials.',
      )
    }
    const own = { ...headers, ...gatewayKeyIn(config.extraHeaders) }
    const init = { method, headers: own, ...(body && { body }), ...(signal && { signal }) }
    const send = () => native({ gatewayId: gateway.id, provider: target.id, path, init })
    return dispatch(call, { stream: false, signal, send })
  })
}

function toCall(config: GatewayFetchConfig): DelegateCall {
  const binding = toBinding(config)
  const gateway = typeof config.gateway === 'string' ? { id: config.gateway } : config.gateway
  if (!gateway?.id) throw fail('createGatewayFetch requires a `gateway` id: gateway: "my-gateway".')
  const { extraHeaders, cacheTtl, skipCache, resume = true } = config
  const resumeEnabled = resume && binding.capabilities?.includes('resume') === true
  return {
    binding,
    gateway,
    options: {
      ...(extraHeaders && { extraHeaders }),
      ...(cacheTtl !== undefined && { cacheTtl }),
      ...(skipCache !== undefined && { skipCache }),
    },
    selection: { transport: 'gateway', resumeEnabled, warnings: [] },
  }
}

/** The headers of the request as far as they are for this provider. */
function toHeaders({ byok, extraHeaders }: GatewayFetchConfig, { info }: Target, request: ProviderRequest) {
  const ownAuth = info?.authHeaders ?? anyAuthHeaders
  return entryHeaders(request.headers, {
    ownAuth,
    keepAuth: byok === true,
    ...(extraHeaders && { extra: extraHeaders }),
  })
}

function findTarget(provider: string | undefined, url: string): Target {
  if (provider !== undefined) {
    const info = findProviderBySlug(provider)
    return { id: info?.gatewayProviderId ?? provider, info }
  }
  const info = detectProviderByUrl(url)
  if (info) return { id: info.gatewayProviderId, info }
  throw fail(`Could not detect a gateway provider from URL "${new URL(url).origin}". Pass \`provider: "<slug>"\`.`)
}

function toBinding({ binding, accountId, cloudflareApiKey, fetch }: GatewayFetchConfig): AiBinding {
  if (binding) return toAiBinding(binding)
  if (accountId && cloudflareApiKey) return createRestBinding({ accountId, apiKey: cloudflareApiKey, fetch })
  throw fail('createGatewayFetch requires a `binding`: { binding: env.AI }, or { accountId, cloudflareApiKey }.')
}

function fail(message: string): WorkersAIGatewayError {
  return new WorkersAIGatewayError('gateway-error', message)
}
