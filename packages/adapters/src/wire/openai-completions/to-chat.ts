import { objectsOf, type JsonObject } from '../../json.ts'
import { parseLogprobs } from './parse-logprobs.ts'

/** An answer, or a chunk of one, in the shape of chat; what chat has beside it stays. */
export function toChat(body: JsonObject, key: 'message' | 'delta'): JsonObject {
  const choices = objectsOf(body['choices']).map(({ text, logprobs, ...choice }) => ({
    ...choice,
    [key]: { role: 'assistant', content: text ?? '' },
    logprobs: parseLogprobs(logprobs) ?? null,
  }))
  const { choices: _, object: __, ...rest } = body
  return { ...rest, choices }
}
