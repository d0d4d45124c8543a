import type { ErrorType } from './error-type.ts'
import type { JsonObject } from './json.ts'

/** What a provider said went wrong, read from status, headers and body or from an error event in a stream. */
export interface ProviderError {
  type: ErrorType
  /** HTTP status; the one that the provider would have used where the error came inside a stream. */
  status: number
  message: string
  /** The provider's own code or status word. */
  code?: string
  /** The provider's own error type word. */
  nativeType?: string
  param?: string
  /** How long the provider asks us to wait. */
  retryAfterMs?: number
  /** The provider's error body as it came. */
  body?: JsonObject
}
