import { WireError } from '../wire-error.ts'
import { isTokens } from './only-texts-or-tokens.ts'

/** The vectors of an answer. @throws WireError when it has none. */
export function someVectors(values: readonly unknown[]): number[][] {
  const vectors = values.filter(isTokens)
  if (vectors.length > 0 && vectors.length === values.length) return vectors
  throw new WireError('unsupported', 'The provider answered without vectors.')
}
