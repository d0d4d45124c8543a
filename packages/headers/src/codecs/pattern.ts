import type { Codec } from '../codec.ts'

/** Text that a regular expression describes; `limit` says the same in words. */
export function pattern(limit: string, expression: RegExp): Codec<string> {
  return { limit, accepts: (value): value is string => typeof value === 'string' && expression.test(value) }
}
