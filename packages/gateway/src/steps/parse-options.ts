import { headerNames, parseHeaders, type GatewayOptions } from '@gw/headers'

/**
 * What the request's headers ask of the gateway. Metadata is read as Cloudflare reads it, the first five entries that
 * fit, so that clients written for it work; any other value that is wrong is an error.
 * @throws GatewayError `invalid_header` naming the header, the value and the limit.
 */
export function parseOptions(headers: Headers): GatewayOptions {
  const text = headers.get(headerNames.metadata)
  if (text === null) return parseHeaders(headers)
  const others = [...headers].filter(([name]) => name !== headerNames.metadata)
  return { ...parseHeaders(others), ...parseHeaders({ [headerNames.metadata]: text }, { strict: false }) }
}
