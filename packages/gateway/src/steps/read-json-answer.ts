import { parseObject, readProviderError, readStreamError, type JsonObject, type Provider } from '@gw/adapters'
import { failureOfProvider, type Failure } from '../failure.ts'
import { readAtMost } from './read-at-most.ts'

export interface JsonAnswer {
  text: string
  body: JsonObject
}

/** A provider's whole answer; some put an error, or HTML, into one with a good status. */
export async function readJsonAnswer(
  response: Response,
  provider: Provider,
  mostBytes: number,
): Promise<JsonAnswer | { failure: Failure }> {
  const { headers } = response
  const text = await readAtMost(response, mostBytes)
  const body = parseObject(text)
  if (body && !isErrorBody(body)) return { text, body }
  const error = body ? readStreamError(body, headers) : readProviderError({ status: 502, headers, body: text })
  return { failure: failureOfProvider({ ...error, type: provider.classify?.(error) ?? error.type }) }
}

function isErrorBody({ error, errors, success }: JsonObject): boolean {
  return (
    (typeof error === 'object' && error !== null) ||
    typeof error === 'string' ||
    (success === false && Array.isArray(errors))
  )
}
