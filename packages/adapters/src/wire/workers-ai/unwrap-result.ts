import { objectOf, type JsonObject } from '../../json.ts'

/** What the model said: the `result` of the REST API's envelope, or the body itself where there is no envelope. */
export function unwrapResult(body: JsonObject): JsonObject {
  const { result } = body
  if (typeof result === 'string') return { response: result }
  return objectOf(result) ?? body
}
