import type { GatewayOptions } from './gateway-options.ts'
import { invalidHeader } from './invalid-header.ts'
import { requestHeaders } from './request-headers.ts'
import { writeFields } from './write-fields.ts'

/** How strictly headers are built and parsed. */
export interface Strictness {
  /** `true`, the default: a value past its limit throws. `false`: see `buildHeaders` and `parseHeaders`. */
  strict?: boolean
}

/**
 * The request headers that say what the options say; options that are `undefined` have none.
 *
 * Throws `invalid_header` for a value past its documented limit. With `strict: false` such a value is sent as it is,
 * for the gateway to judge; only what no HTTP header can carry is left out.
 *
 * @example
 * buildHeaders({ cacheTtl: 3600, metadata: { user: 7 } })
 * // { 'cf-aig-metadata': '{"user":7}', 'cf-aig-cache-ttl': '3600' }
 */
export function buildHeaders(options: GatewayOptions, { strict = true }: Strictness = {}): Record<string, string> {
  const { retries, ...rest } = options
  return writeFields({ ...rest, ...retries }, requestHeaders, (field, value) => {
    if (strict) throw invalidHeader(field, value)
    return true
  })
}
