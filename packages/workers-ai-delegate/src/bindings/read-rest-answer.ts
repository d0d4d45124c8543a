import { isObject } from '../workers-ai/run/json.ts'
import { readRunAnswer } from './read-run-answer.ts'

/** What a run over REST resolves to: the envelope's `result`, or the body as a stream. Throws `InferenceUpstreamError`. */
export async function readRestAnswer(response: Response): Promise<unknown> {
  const answer = await readRunAnswer(response)
  return isObject(answer) && 'result' in answer ? answer['result'] : answer
}
