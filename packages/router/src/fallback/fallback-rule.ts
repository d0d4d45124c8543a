import type { ErrorType } from '../error-type.ts'

/** What an operator wants to happen after a failure, in place of what is built in. */
export interface FallbackRule {
  /** Patterns of targets that failed. Default: all. */
  models?: readonly string[]
  /** How they failed. Default: in any way but `invalid_request`. */
  on?: readonly ErrorType[]
  /** Models to try then, in order; or nothing more. */
  to: readonly string[] | 'stop'
}
