import { numberOf, objectsOf, type JsonObject } from '../../json.ts'
import type { ProviderError } from '../../provider-error.ts'
import { readProviderError, readStreamError } from '../../read-provider-error.ts'

/** HTTP statuses that Workers AI answers with, by its own number. */
const statuses: Readonly<Record<number, number>> = {
  3003: 400,
  3006: 413,
  3007: 408,
  3008: 408,
  3023: 403,
  3036: 429,
  3039: 400,
  3040: 429,
  3041: 403,
  3042: 404,
  5004: 400,
  5005: 405,
  5006: 400,
  5007: 400,
  5016: 403,
  5018: 403,
  5019: 405,
  5021: 413,
  5023: 400,
  10000: 401,
}

/** The error of a body or event that says `errors`, `error` or `success: false`; `undefined` when it says none. */
export function readErrorOf(body: JsonObject): ProviderError | undefined {
  const [listed] = [...objectsOf(body['errors']), ...objectsOf(body['error'])]
  if (listed) return readProviderError({ status: statuses[numberOf(listed['code']) ?? 0] ?? 502, body })
  const { error } = body
  const isStated = typeof error === 'string' || (typeof error === 'object' && error !== null && !Array.isArray(error))
  if (isStated) return readStreamError(body)
  return body['success'] === false ? readProviderError({ status: 502, body }) : undefined
}
