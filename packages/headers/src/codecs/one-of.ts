import type { Codec } from '../codec.ts'

/** A closed set of words, matched exactly. */
export function oneOf<const T extends string>(words: readonly T[]): Codec<T> {
  return { limit: `one of ${words.join(', ')}`, accepts: (value): value is T => words.some((word) => word === value) }
}
