import type { JsonObject } from '@gw/adapters'
import { errorCodes, headerNames, type ErrorCodeFacts } from '@gw/headers'
import type { Failure } from '../failure.ts'
import type { Dialect } from './dialect.ts'

export interface ErrorContext {
  dialect: Dialect
  logId: string
  provider?: string | undefined
  model?: string | undefined
  /** Upstream calls made. */
  attempts: number
  /** Headers that go out with the error. */
  headers: Record<string, string>
}

/** The answer for a failure, in the caller's dialect, with the facts that our own clients read. */
export function renderError(failure: Failure, context: ErrorContext): Response {
  const { dialect, logId, provider, model, attempts } = context
  const facts: ErrorCodeFacts = errorCodes[failure.code]
  const gw: JsonObject = {
    type: failure.type,
    code: failure.code,
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    retryable: failure.canRetry,
    log_id: logId,
    attempts,
    ...(failure.mistakes && { mistakes: failure.mistakes }),
  }
  const body = dialect.format({
    status: failure.status,
    type: failure.type,
    message: failure.message,
    code: failure.providerCode ?? failure.code,
    ...(failure.param !== undefined && { param: failure.param }),
    ...(facts.cloudflareCode !== undefined && { cloudflareCode: facts.cloudflareCode }),
    gw,
  })
  const headers = new Headers({
    ...context.headers,
    'content-type': 'application/json',
    [headerNames.error]: failure.type,
  })
  if (failure.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(failure.retryAfterMs / 1000)))
  return new Response(JSON.stringify(body), { status: failure.status, headers })
}
