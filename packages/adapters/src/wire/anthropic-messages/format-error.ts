import type { ErrorType } from '../../error-type.ts'
import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

const types: Readonly<Record<ErrorType, string>> = {
  rate_limit: 'rate_limit_error',
  quota_exceeded: 'billing_error',
  auth: 'authentication_error',
  model_not_found: 'not_found_error',
  context_length: 'invalid_request_error',
  content_filter: 'invalid_request_error',
  invalid_request: 'invalid_request_error',
  timeout: 'timeout_error',
  upstream_error: 'api_error',
}

/** Statuses that say more than the error type does. */
const typesByStatus: Readonly<Record<string, string>> = {
  'auth 403': 'permission_error',
  'quota_exceeded 429': 'rate_limit_error',
  'context_length 413': 'request_too_large',
  'upstream_error 503': 'overloaded_error',
  'upstream_error 529': 'overloaded_error',
}

/** `{ type: 'error', error: { type, message } }`, with the code, the field and what our own clients read in `error.gw`. */
export function formatError({ status, type, message, code, param, gw }: CallerError): JsonObject {
  const error = {
    type: typesByStatus[`${type} ${status}`] ?? types[type],
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
    ...(gw && { gw }),
  }
  const logId = gw?.['log_id']
  return { type: 'error', error, ...(typeof logId === 'string' && { request_id: logId }) }
}
