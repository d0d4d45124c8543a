import { parseObject, type Provider } from '@gw/adapters'
import { GatewayError, type GatewayOptions } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import type { NativeLeg } from '../plan.ts'
import { inOrder } from '../routing/itinerary.ts'
import { betaHeaders } from '../steps/read-betas.ts'
import { findKeyParameter, findUpstreamSecret, withoutGatewayKeys } from '../steps/credentials.ts'
import { readText } from '../steps/read-json-body.ts'
import { decodePath } from './decode-path.ts'
import { isFreeCall } from './is-free-call.ts'
import { legBasis } from './leg-basis.ts'
import type { Surface } from './surface.ts'

/** `/v1/{account}/{gateway}/{provider}/…`: any method, path and content type, in the provider's own words. */
export function nativeSurface(providerId: string, path: string): Surface {
  return {
    id: 'native',
    dialect: cloudflareDialect,
    parse: async (inbound, deps) => {
      const { http, url, options } = inbound
      refuseExplaining(options)
      const provider = findNative(providerId, deps)
      const body = await readBody(http, deps)
      const parsed = typeof body === 'string' ? parseObject(body) : undefined
      const model = nativeModel({ provider, path, stated: parsed?.['model'] })
      const search = withoutGatewayKeys(url)
      const leg: NativeLeg = {
        kind: 'native',
        step: 0,
        provider,
        model,
        method: http.method,
        path,
        search,
        headers: http.headers,
        body,
        stream: parsed?.['stream'] === true || namesStream(path),
        isFree: isFreeCall(provider, http.method, path),
        ...legBasis(inbound),
        secret:
          findUpstreamSecret(http.headers, [provider.auth.header, ...(provider.otherAuthHeaders ?? [])]) ??
          findKeyParameter(search, provider),
      }
      return {
        itinerary: inOrder([leg]),
        identity: nativeIdentity(leg),
        requestedModel: model,
        stream: leg.stream,
      }
    },
  }
}

/** There is nothing to choose on a provider's own path, and a call would cost. @throws GatewayError `unsupported` */
export function refuseExplaining({ explain }: GatewayOptions): void {
  if (!explain) return
  throw new GatewayError(
    'unsupported',
    "gw-explain tells of the unified API's models. This path calls its provider as it is.",
  )
}

/** Headers of a native call that change its answer. */
const sayingHeaders = [
  'accept',
  'content-type',
  'anthropic-version',
  'openai-organization',
  'openai-project',
  ...betaHeaders,
]

/** Bedrock takes guardrails and more in headers of its own. */
const sayingPrefix = 'x-amzn-bedrock-'

/** What a native call says; `undefined` for a body that streams through. */
export function nativeIdentity({ provider, method, path, search, headers, body }: NativeLeg): string[] | undefined {
  if (body instanceof ReadableStream) return undefined
  const said = sayingHeaders.map((name) => headers.get(name) ?? '')
  const others = [...headers].filter(([name]) => name.startsWith(sayingPrefix))
  return ['native', provider.id, method, path, search, ...said, JSON.stringify(others), body ?? '']
}

/** @throws GatewayError `invalid_provider` */
export function findNative(id: string, { providers }: Deps): Provider {
  const provider = providers.find(id)
  if (provider) return provider
  throw new GatewayError(
    'invalid_provider',
    `Invalid provider "${id.slice(0, 64)}". Known: ${providers.list.map((known) => known.id).join(', ')}.`,
  )
}

/** JSON is read, so that it can be sent again and its model is known; anything else streams through. */
async function readBody(http: Request, { maxBodyBytes }: Deps): Promise<NativeLeg['body']> {
  if (http.method === 'GET' || http.method === 'HEAD' || http.body === null) return null
  const isJson = /^application\/(?:[\w.-]+\+)?json/.test(http.headers.get('content-type') ?? '')
  return isJson ? readText(http, maxBodyBytes) : http.body
}

/** True for a path that says that its answer is a stream. */
export function namesStream(path: string): boolean {
  return /:streamGenerateContent\b|\/model\/[^/]+\/(?:converse-stream|invoke-with-response-stream)$/.test(path)
}

/** A native call, as far as it says what model it is for. */
export interface NamedCall {
  provider: Pick<Provider, 'id'>
  path: string
  /** What the body calls its model. */
  stated: unknown
}

/** The model of a native call: from the path where the provider has it there, else from the body. */
export function nativeModel({ provider, path, stated }: NamedCall): string | undefined {
  const plain = decodePath(path)
  const inPath =
    /models\/([^/:?]+):\w/.exec(plain)?.[1] ??
    /(@(?:cf|hf)\/[^?]+)/.exec(plain)?.[1] ??
    /(?:^|\/)model\/(.+)\/[\w-]+$/.exec(plain)?.[1]
  if (inPath !== undefined) return inPath
  const isElsewhere = namedElsewhere[provider.id]?.test(plain) ?? false
  return typeof stated === 'string' && !isElsewhere ? stated : undefined
}

/**
 * Paths on which the provider takes the model from another place (a deployment, a version, a field of another name), so
 * that what the body calls its model decides nothing.
 */
const namedElsewhere: Readonly<Record<string, RegExp>> = {
  'azure-openai': /^(?![^/]+\/(?:openai\/)?v1\/)/,
  replicate: /^/,
  elevenlabs: /^/,
  fal: /^/,
}
