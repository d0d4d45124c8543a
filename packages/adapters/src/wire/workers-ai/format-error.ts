import type { ErrorType } from '../../error-type.ts'
import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

/** Workers AI's own numbers for the nine error types. @see https://developers.cloudflare.com/workers-ai/platform/errors/ */
const codes: Readonly<Record<ErrorType, number>> = {
  rate_limit: 3040,
  quota_exceeded: 3036,
  auth: 10_000,
  model_not_found: 5007,
  context_length: 5021,
  content_filter: 3003,
  invalid_request: 5006,
  timeout: 3007,
  upstream_error: 3050,
}

/**
 * The REST API's envelope with the error both as `errors` and as `error`, which clients of either read. A provider's
 * number is kept; its words, the field at fault and what our own clients read stand beside.
 */
export function formatError({ type, message, code, param, gw }: CallerError): JsonObject {
  const isNumber = code !== undefined && /^\d{4,5}$/.test(code)
  const entry = {
    code: isNumber ? Number(code) : codes[type],
    message,
    ...(code !== undefined && !isNumber && { reason: code }),
    ...(param !== undefined && { param }),
  }
  return { result: null, success: false, errors: [entry], messages: [], error: [entry], ...(gw && { gw }) }
}
