import { errorCodes, type ErrorCode } from './error-codes.ts'
import type { ErrorType } from './error-types.ts'

/** What a `GatewayError` carries besides its code and message. */
export interface GatewayErrorOptions {
  /** The error that led to this one. */
  cause?: unknown
  /** Facts for programs, such as the field and its limit; reaches the caller, so never a secret, key or prompt. */
  detail?: Readonly<Record<string, unknown>>
  /** When a retry may succeed, in milliseconds from the error. */
  retryAfterMs?: number
}

/**
 * The one error that gw throws on purpose; match on `code`, not on the message.
 *
 * @example
 * throw new GatewayError('rate_limited', 'Too many requests. Wait 20 s.', { retryAfterMs: 20_000 })
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  /** A key of `errorCodes`. */
  readonly code: ErrorCode
  /** HTTP status of the code. */
  readonly status: number
  /** Cloudflare's number for the code, where it has one. */
  readonly cloudflareCode: number | undefined
  /** Provider error type of the code. */
  readonly type: ErrorType
  /** Whether the same request can succeed later. */
  readonly retryable: boolean
  /** Facts for programs. */
  readonly detail: Readonly<Record<string, unknown>> | undefined
  /** Milliseconds until a retry may succeed. */
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    const facts = errorCodes[code]
    this.code = code
    this.status = facts.status
    this.cloudflareCode = facts.cloudflareCode
    this.type = facts.type
    this.retryable = facts.retryable
    this.detail = options.detail
    this.retryAfterMs = options.retryAfterMs
  }
}
