import type { Provider } from '@gw/adapters'
import { isPlaceholderSecret } from '@gw/headers'
import { isGatewayKey, Secret } from '@gw/keys'

/** Headers in which SDKs send a key, in the order in which a gateway key is looked for. */
const keyHeaders = ['authorization', 'x-api-key', 'x-goog-api-key', 'api-key', 'xi-api-key', 'token'] as const

/** Query parameters that do the same. */
const keyParameters = ['key', 'api_key'] as const

/** The schemes that a credential header may start with. */
const scheme = /^(?:Bearer|Token|Key|Basic|Api-Key)\s+/i

/**
 * The gateway key of a request: `cf-aig-authorization` with or without `Bearer`, or a `gw_…` key in any place where
 * SDKs send the provider's key.
 */
export function findGatewayKey(headers: Headers, url: URL): string | undefined {
  const named = headers.get('cf-aig-authorization')
  if (named !== null && !isPlaceholderSecret(named)) return withoutScheme(named)
  const candidates = [
    ...keyHeaders.map((name) => headers.get(name)),
    ...keyParameters.map((name) => url.searchParams.get(name)),
  ]
  return candidates.map((value) => withoutScheme(value ?? '')).find(isGatewayKey)
}

/**
 * The caller's own upstream secret in the given headers; gateway keys and the fillers that SDKs send where they have no
 * key do not count.
 */
export function findUpstreamSecret(
  headers: Pick<Headers, 'get'>,
  names: readonly string[] = keyHeaders,
): Secret | undefined {
  for (const name of names) {
    const text = withoutScheme(headers.get(name) ?? '')
    if (text !== '' && !isGatewayKey(text) && !isPlaceholderSecret(text)) return new Secret(text)
  }
  return undefined
}

export function withoutScheme(value: string): string {
  return value.trim().replace(scheme, '')
}

/** The caller's own secret in the query, for vendors who take one there: Google alone. */
export function findKeyParameter(
  search: string,
  { auth, otherAuthHeaders = [] }: Pick<Provider, 'auth' | 'otherAuthHeaders'>,
): Secret | undefined {
  const takesKey = [auth.header, ...otherAuthHeaders].includes('x-goog-api-key')
  const key = takesKey && search !== '' ? new URLSearchParams(search).get('key') : null
  return key && !isGatewayKey(key) ? new Secret(key) : undefined
}

/** The query without credentials of ours; `key` stays when it is the provider's. */
export function withoutGatewayKeys(url: URL): string {
  const parameters = new URLSearchParams(url.search)
  const ours = [...parameters].filter(([, value]) => isGatewayKey(value))
  if (ours.length === 0) return url.search
  for (const [name] of ours) parameters.delete(name)
  return parameters.size === 0 ? '' : `?${parameters}`
}
