import { numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'

/** Log probabilities in the legacy shape: parallel arrays. Offsets count from the start of the text. */
export function formatLogprobs(logprobs: Json | undefined): JsonObject | null {
  const tokens = objectsOf(objectOf(logprobs)?.['content'])
  if (tokens.length === 0) return null
  const texts = tokens.map(({ token }) => stringOf(token) ?? '')
  let offset = 0
  return {
    tokens: texts,
    token_logprobs: tokens.map(({ logprob }) => numberOf(logprob) ?? 0),
    top_logprobs: tokens.map(({ top_logprobs: top }) => byToken(objectsOf(top))),
    text_offset: texts.map((text) => {
      const start = offset
      offset += text.length
      return start
    }),
  }
}

const byToken = (tokens: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(tokens.map(({ token, logprob }) => [stringOf(token) ?? '', numberOf(logprob) ?? 0]))
