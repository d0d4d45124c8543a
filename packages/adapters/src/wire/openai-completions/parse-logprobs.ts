import { numberOf, objectOf, objectsOf, stringsOf, type Json, type JsonObject } from '../../json.ts'

/** Log probabilities of the legacy shape in that of chat. */
export function parseLogprobs(logprobs: Json | undefined): JsonObject | undefined {
  const { tokens, token_logprobs: values, top_logprobs: tops } = objectOf(logprobs) ?? {}
  const texts = stringsOf(tokens)
  if (texts.length === 0) return undefined
  const numbers = Array.isArray(values) ? values : []
  const alternatives = objectsOf(tops)
  return {
    content: texts.map((token, index) => ({
      token,
      logprob: numberOf(numbers[index]) ?? 0,
      bytes: null,
      top_logprobs: Object.entries(alternatives[index] ?? {}).map(([other, logprob]) => ({
        token: other,
        logprob: numberOf(logprob) ?? 0,
        bytes: null,
      })),
    })),
  }
}
