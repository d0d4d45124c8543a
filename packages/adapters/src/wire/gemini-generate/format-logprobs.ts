import { numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'

/** OpenAI's `logprobs.content` as Gemini's `logprobsResult`. */
export function formatLogprobs(logprobs: Json | undefined): JsonObject | undefined {
  const entries = objectsOf(objectOf(logprobs)?.['content'])
  if (entries.length === 0) return undefined
  return {
    chosenCandidates: entries.map(toCandidate),
    topCandidates: entries.map((entry) => ({ candidates: objectsOf(entry['top_logprobs']).map(toCandidate) })),
  }
}

function toCandidate(entry: JsonObject): JsonObject {
  return { token: stringOf(entry['token']) ?? '', logProbability: numberOf(entry['logprob']) ?? 0 }
}
