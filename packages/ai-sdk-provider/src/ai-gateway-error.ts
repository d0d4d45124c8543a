import { APICallError } from '@ai-sdk/provider'
import type { ResponseMeta } from '@gw/headers'

/** What is known of a refused request besides its message. */
export interface AiGatewayErrorFacts {
  /** Cloudflare's number of the error, or a word for what this package found. */
  code?: number | string
  statusCode?: number
  isRetryable?: boolean
  url?: string
  responseHeaders?: Record<string, string>
  responseBody?: string
  /** What the answer's headers say. */
  meta?: ResponseMeta
  cause?: unknown
}

/**
 * The gateway refused the request or could not be reached; not thrown for an answer that a provider gave.
 *
 * It is an `APICallError`, so the AI SDK repeats the call where that can help. `code` is Cloudflare's number (2001,
 * 2009, …), or `unreachable`, `redirected` or `invalid_step`.
 */
export class AiGatewayError extends APICallError {
  override name = 'AiGatewayError'
  /** Cloudflare's number of the error, or a word for what this package found. */
  readonly code: number | string | undefined
  /** Seconds until a retry may succeed. */
  readonly retryAfter: number | undefined
  /** Id of the log row. */
  readonly logId: string | undefined
  /** Upstream calls made. */
  readonly attempts: number | undefined

  constructor(message: string, facts: AiGatewayErrorFacts = {}) {
    const { code, meta, ...known } = facts
    super({ url: '', ...known, message, requestBodyValues: undefined })
    this.code = code
    this.retryAfter = meta?.retryAfter
    this.logId = meta?.logId
    this.attempts = meta?.attempts
  }
}
