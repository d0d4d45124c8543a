import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'

/** A candidate's `logprobsResult` as the entries of OpenAI's `logprobs.content`. */
export function readLogprobs(candidate: JsonObject): JsonObject[] {
  const result = objectOf(candidate['logprobsResult'])
  const top = objectsOf(result?.['topCandidates'])
  return objectsOf(result?.['chosenCandidates']).map((chosen, index) => ({
    ...toEntry(chosen),
    top_logprobs: objectsOf(top[index]?.['candidates']).map(toEntry),
  }))
}

function toEntry(candidate: JsonObject): JsonObject {
  const token = stringOf(candidate['token']) ?? ''
  return { token, logprob: numberOf(candidate['logProbability']) ?? 0, bytes: [...new TextEncoder().encode(token)] }
}
