import type { ErrorCode } from './error-codes.ts'
import type { ErrorType } from './error-types.ts'

/** The code for an error of this type that a provider answered; `errorTypeOf` leads back to the type. */
export function errorCodeOf(type: ErrorType): ErrorCode {
  if (type === 'context_length') return 'context_length_exceeded'
  if (type === 'content_filter') return 'content_filtered'
  if (type === 'rate_limit') return 'upstream_rate_limited'
  return type === 'upstream_error' ? type : `upstream_${type}`
}
