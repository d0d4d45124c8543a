import { numberOf, objectsOf, stringOf, type Json } from '../../json.ts'

/** Cohere gives log probabilities for pieces of text; each piece is one token of OpenAI's list, with their sum. */
export function readLogprobs(value: unknown): Json | undefined {
  const pieces = Array.isArray(value) ? objectsOf(value) : objectsOf([value])
  if (pieces.length === 0) return undefined
  const content = pieces.map(({ text, logprobs }) => {
    const logprob = Array.isArray(logprobs) ? logprobs.reduce<number>((sum, next) => sum + (numberOf(next) ?? 0), 0) : 0
    return { token: stringOf(text) ?? '', logprob, bytes: null, top_logprobs: [] }
  })
  return { content, refusal: null }
}
