import { GatewayError } from '@gw/headers'

/** Names and address ranges that only mean something inside a private network. */
const privateHosts: readonly RegExp[] = [
  /^localhost$/,
  /\.(?:localhost|local|internal|home\.arpa)$/,
  /^(?:0|10|127)\./,
  /^169\.254\./,
  /^192\.(?:168|0\.0)\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^198\.1[89]\./,
  /^(?:22[4-9]|23\d|24\d|25[0-5])\./,
  /^\[(?:::1?|::ffff:.*|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|64:ff9b:.*)\]$/,
]

/**
 * Refuses upstream URLs that lead into private networks or leave TLS. `URL` has already turned odd spellings of
 * addresses (octal, integers) into the usual one.
 * @throws GatewayError `blocked_upstream_url`
 */
export function guardUpstreamUrl(url: URL, allowPrivate: boolean): void {
  if (allowPrivate && (url.protocol === 'http:' || url.protocol === 'https:')) return
  const isPrivate = privateHosts.some((pattern) => pattern.test(url.hostname.toLowerCase().replace(/\.$/, '')))
  if (url.protocol === 'https:' && !isPrivate && url.username === '' && url.password === '') return
  throw new GatewayError(
    'blocked_upstream_url',
    `Upstream ${url.protocol}//${url.host} is not a public https address. Set GW_ALLOW_PRIVATE_UPSTREAMS=1 to reach private services.`,
  )
}
