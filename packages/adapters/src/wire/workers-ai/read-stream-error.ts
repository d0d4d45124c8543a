import { numberOf, objectsOf, type JsonObject } from '../../json.ts'
import type { ProviderError } from '../../provider-error.ts'
import { readProviderError, readStreamError } from '../../read-provider-error.ts'
import { workersAiStatusOf } from '../../workers-ai-status.ts'

/** The error of a body or event that says `errors`, `error` or `success: false`; `undefined` when it says none. */
export function readErrorOf(body: JsonObject): ProviderError | undefined {
  const [listed] = [...objectsOf(body['errors']), ...objectsOf(body['error'])]
  if (listed) return readProviderError({ status: workersAiStatusOf(numberOf(listed['code'])) ?? 502, body })
  const { error } = body
  const isStated = typeof error === 'string' || (typeof error === 'object' && error !== null && !Array.isArray(error))
  if (isStated) return readStreamError(body)
  return body['success'] === false ? readProviderError({ status: 502, body }) : undefined
}
