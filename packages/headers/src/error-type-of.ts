import { errorCodes, type ErrorCode } from './error-codes.ts'
import type { ErrorType } from './error-types.ts'

/** The provider error type that a code is reported as in the `gw-error` header. */
export function errorTypeOf(code: ErrorCode): ErrorType {
  return errorCodes[code].type
}
