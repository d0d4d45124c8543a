import { readFields, type HeaderSource } from './read-fields.ts'
import { responseHeaders } from './response-headers.ts'
import type { ResponseMeta } from './response-meta.ts'

/**
 * What the headers of a gateway's answer say, from Cloudflare's gateway or gw; never throws.
 *
 * @example
 * const { logId, cacheStatus, cost } = parseResponseMeta(response.headers)
 */
export function parseResponseMeta(headers: HeaderSource): ResponseMeta {
  return readFields(headers, responseHeaders, () => undefined)
}
