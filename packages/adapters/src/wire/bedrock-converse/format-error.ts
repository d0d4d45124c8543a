import type { ErrorType } from '../../error-type.ts'
import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
const types: Readonly<Record<ErrorType, string>> = {
  rate_limit: 'ThrottlingException',
  quota_exceeded: 'ServiceQuotaExceededException',
  auth: 'AccessDeniedException',
  model_not_found: 'ResourceNotFoundException',
  context_length: 'ValidationException',
  content_filter: 'ValidationException',
  invalid_request: 'ValidationException',
  timeout: 'ModelTimeoutException',
  upstream_error: 'ServiceUnavailableException',
}

/** `{ message, __type }`, as Amazon's SDKs read it, with the code, the field and what our own clients read in `gw`. */
export function formatError({ type, message, code, param, gw }: CallerError): JsonObject {
  return {
    __type: types[type],
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
    ...(gw && { gw }),
  }
}
