import { parseObject, readProviderError, readStreamError, type JsonObject } from '@gw/adapters'
import { failureOfProvider, type Failure } from '../failure.ts'
import type { Attempt } from './attempt-leg.ts'
import { isErrorBody } from './is-error-body.ts'
import { readAtMost } from './read-at-most.ts'

export interface JsonAnswer {
  text: string
  body: JsonObject
}

/**
 * A provider's whole answer; some put an error, or HTML, into one with a good status.
 * @throws GatewayError `upstream_timeout`, `client_closed`
 */
export async function readJsonAnswer(response: Response, attempt: Attempt): Promise<JsonAnswer | { failure: Failure }> {
  const { headers } = response
  const { provider } = attempt.leg
  const text = await readAtMost(response, attempt.deps.limits.answerBytes, attempt)
  const body = parseObject(text)
  if (body && !isErrorBody(body)) return { text, body }
  const error = body ? readStreamError(body, headers) : readProviderError({ status: 502, headers, body: text })
  const failure = failureOfProvider({ ...error, type: provider.classify?.(error) ?? error.type })
  // Who sent half an answer has done the work, and may charge for it.
  return { failure: body ? failure : { ...failure, mayCost: true } }
}
