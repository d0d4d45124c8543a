import type { Json } from '../json.ts'
import type { EmbeddingInput } from './embeddings.ts'
import { onlyTexts } from './only-texts.ts'

/** True for an array of numbers that is not empty. */
export function isTokens(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')
}

/** The inputs for OpenAI's dialect. @throws WireError `unsupported` for images. */
export function onlyTextsOrTokens(inputs: readonly EmbeddingInput[]): Json[] {
  return inputs.flatMap((input): Json[] => (isTokens(input) ? [input] : onlyTexts([input])))
}
