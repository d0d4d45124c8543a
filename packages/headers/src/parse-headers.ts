import type { Strictness } from './build-headers.ts'
import type { FlatOptions, GatewayOptions } from './gateway-options.ts'
import { invalidHeader } from './invalid-header.ts'
import { readFields, type HeaderSource } from './read-fields.ts'
import { requestHeaders } from './request-headers.ts'

/**
 * The options that request headers carry, each checked against its limit; other headers are ignored, also unknown
 * `cf-aig-*` ones. The inverse of `buildHeaders`, up to a bigint (a string of digits) and empty `retries` (none).
 *
 * Throws `invalid_header` for a value past its limit. With `strict: false` such a value counts as not sent, and
 * metadata keeps its first five valid entries.
 *
 * @example
 * parseHeaders(request.headers, { strict: false }).cacheTtl
 */
export function parseHeaders(headers: HeaderSource, { strict = true }: Strictness = {}): GatewayOptions {
  const flat: FlatOptions = readFields(headers, requestHeaders, (field, value) => {
    if (strict) throw invalidHeader(field, value)
    return field.codec.repair?.(value)
  })
  const { maxAttempts, retryDelayMs, backoff, ...options } = flat
  const retries = withoutUndefined({ maxAttempts, retryDelayMs, backoff })
  return Object.keys(retries).length > 0 ? { ...options, retries } : options
}

const withoutUndefined = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
