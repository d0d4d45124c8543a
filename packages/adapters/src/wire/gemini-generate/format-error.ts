import type { ErrorType } from '../../error-type.ts'
import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

const statuses: Readonly<Record<ErrorType, string>> = {
  rate_limit: 'RESOURCE_EXHAUSTED',
  quota_exceeded: 'RESOURCE_EXHAUSTED',
  auth: 'UNAUTHENTICATED',
  model_not_found: 'NOT_FOUND',
  context_length: 'INVALID_ARGUMENT',
  content_filter: 'INVALID_ARGUMENT',
  invalid_request: 'INVALID_ARGUMENT',
  timeout: 'DEADLINE_EXCEEDED',
  upstream_error: 'INTERNAL',
}

/** `{ error: { code, message, status, details } }`, with what our own clients read in `error.gw`. */
export function formatError({ status, type, message, code, param, gw }: CallerError): JsonObject {
  const reason = code !== undefined && {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code,
    domain: 'gw',
  }
  const field = param !== undefined && {
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{ field: param, description: message }],
  }
  const details = [reason, field].filter((detail) => detail !== false)
  return {
    error: {
      code: status,
      message,
      status: statusOf(type, status),
      ...(details.length > 0 && { details }),
      ...(gw && { gw }),
    },
  }
}

function statusOf(type: ErrorType, status: number): string {
  if (type === 'auth' && status === 403) return 'PERMISSION_DENIED'
  if (type === 'upstream_error' && status !== 500) return 'UNAVAILABLE'
  return statuses[type]
}
