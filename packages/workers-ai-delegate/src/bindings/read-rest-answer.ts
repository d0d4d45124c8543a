import { isObject } from '../workers-ai/run/json.ts'
import { readInferenceError } from './binding-errors.ts'
import { isJson } from './read-run-answer.ts'

/** What a run over REST resolves to: the envelope's `result`, or the body as a stream. Throws `InferenceUpstreamError`. */
export async function readRestAnswer(response: Response): Promise<unknown> {
  if (!response.ok || response.body === null) throw await readInferenceError(response)
  if (!isJson(response)) return response.body
  const body: unknown = await response.json()
  return isObject(body) && 'result' in body ? body['result'] : body
}
