import { errorTypes, type ErrorType, type Json, type ProviderError } from '@gw/adapters'
import { errorCodeOf, GatewayError, type ErrorCode } from '@gw/headers'

/** Why an attempt gave no answer. */
export interface Failure {
  /** A key of the error table. */
  code: ErrorCode
  type: ErrorType
  /** HTTP status for the caller. */
  status: number
  message: string
  /** The provider's own code, where it said one. */
  providerCode?: string
  param?: string
  retryAfterMs?: number
  canRetry: boolean
  canFallBack: boolean
  /** The provider's answer as it came, for callers who speak the provider's own dialect. */
  raw?: RawAnswer
  /** The provider never answered. */
  unreachable: boolean
  /** The provider had begun with it, and may charge for it. */
  mayCost?: boolean
  /** Id of the counter that had no room. */
  refusedBy?: string
  /** An attempt before the one that was refused may have cost something. */
  mayHaveCost?: boolean
  /** Everything that is wrong with what was sent, where that is a list. */
  mistakes?: Json[]
}

export interface RawAnswer {
  status: number
  headers: Headers
  text: string
}

/** Statuses by which a provider says that the same request may succeed later. */
const retryStatuses: ReadonlySet<number> = new Set([408, 409, 424, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529])

/** The failure that a provider reported. */
export function failureOfProvider(error: ProviderError, raw?: RawAnswer): Failure {
  const facts = errorTypes[error.type]
  return {
    code: errorCodeOf(error.type),
    type: error.type,
    status: statusFor(error),
    message: error.message,
    ...(error.code !== undefined && { providerCode: error.code }),
    ...(error.param !== undefined && { param: error.param }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    canRetry: facts.retry && retryStatuses.has(error.status),
    canFallBack: facts.fallback,
    ...(raw && { raw }),
    unreachable: false,
  }
}

/** Some providers answer a bad key or an unknown model with 400; callers' SDKs know these by 401 and 404. */
function statusFor({ type, status }: ProviderError): number {
  if (type === 'auth') return status === 403 ? 403 : 401
  if (type === 'model_not_found') return 404
  if (status >= 400 && status < 600) return status
  return 502
}

/** The failure of a call that our own error ended. */
export function failureOfGateway(error: GatewayError): Failure {
  const mayCost = error.detail?.['may_cost'] === true
  return {
    code: error.code,
    type: error.type,
    status: error.status,
    message: error.message,
    ...(typeof error.detail?.['param'] === 'string' && { param: error.detail['param'] }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    canRetry: error.retryable && error.detail?.['can_retry'] !== false,
    canFallBack: error.code !== 'client_closed',
    ...(mayCost && { mayCost }),
    ...(typeof error.detail?.['budget'] === 'string' && { refusedBy: error.detail['budget'] }),
    ...(error.detail?.['may_have_cost'] === true && { mayHaveCost: true }),
    ...(Array.isArray(error.detail?.['mistakes']) && { mistakes: error.detail['mistakes'] }),
    unreachable: error.code === 'upstream_unreachable' || error.code === 'upstream_timeout',
  }
}

/** Any thrown error as a failure. One that nobody foresaw goes to `report` and becomes `internal`. */
export function failureOfError(error: unknown, report: (error: unknown) => void): Failure {
  if (error instanceof GatewayError) return failureOfGateway(error)
  report(error)
  const message = 'The gateway failed. Try again; the log id helps its operator to find out why.'
  return failureOfGateway(new GatewayError('internal', message, { cause: error }))
}
