/** How one header's text and one option's value turn into each other. */
export interface Codec<T> {
  /** What a valid value is, for error messages: "an integer from 1 to 5". */
  readonly limit: string
  /** Whether a value keeps the limit. */
  readonly accepts: (value: unknown) => value is T
  /** Header text → candidate value, not yet checked; `undefined` when the text stands for "not set". Default: the text. */
  readonly read?: (text: string) => unknown
  /** Value → header text; `undefined` when the value stands for "not set". Default: `String`. */
  readonly write?: (value: unknown) => string | undefined
  /** What lenient parsing makes of a value that breaks the limit; absent: nothing. */
  readonly repair?: (value: unknown) => T | undefined
}
