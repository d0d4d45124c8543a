import { readInferenceError } from './binding-errors.ts'

/** What a run resolves to: the object of a JSON answer, else the body as a stream. Throws `InferenceUpstreamError`. */
export async function readRunAnswer(response: Response): Promise<unknown> {
  if (!response.ok || response.body === null) throw await readInferenceError(response)
  return isJson(response) ? response.json() : response.body
}

/** Whether the answer is JSON, with or without a charset. */
export function isJson(response: Response): boolean {
  return /^application\/json\s*(?:;|$)/i.test(response.headers.get('content-type') ?? '')
}
