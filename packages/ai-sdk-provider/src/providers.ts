import { matchUrl, registry } from '@gw/adapters/registry'
import { compatURL } from './target-of.ts'

/** How a provider's URLs become endpoints of the gateway. */
export interface ProviderUrls {
  /** Provider id in the gateway's words. */
  name: string
  /** Matches the provider's URLs. */
  regex: RegExp
  /** What follows the provider in the gateway's URLs. */
  transformEndpoint: (url: string) => string
  /** Header of the provider's secret, where it is not `authorization`. */
  headerKey?: string
}

const compatPattern = /^https:\/\/gateway\.ai\.cloudflare\.com\/v1\/compat\//

/** The registry's providers that can be told by their URLs, in the order of matching, and the unified endpoint. */
export const providers: readonly ProviderUrls[] = [
  ...registry.flatMap(({ id, host, auth }) =>
    host
      ? [
          {
            name: id,
            regex: host,
            transformEndpoint: (url: string) => matchUrl(url)?.path ?? url,
            ...(auth.header !== 'authorization' && { headerKey: auth.header }),
          },
        ]
      : [],
  ),
  { name: 'compat', regex: compatPattern, transformEndpoint: (url) => url.replace(`${compatURL}/`, '') },
]
