import type { ErrorType } from '../../error-type.ts'
import type { JsonObject } from '../../json.ts'
import type { CallerError } from '../../wire-format.ts'

/** OpenAI's words for the nine error types: `error.type` and the usual `error.code`. */
const words: Readonly<Record<ErrorType, { type: string; code: string | null }>> = {
  rate_limit: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  quota_exceeded: { type: 'insufficient_quota', code: 'insufficient_quota' },
  auth: { type: 'authentication_error', code: 'invalid_api_key' },
  model_not_found: { type: 'invalid_request_error', code: 'model_not_found' },
  context_length: { type: 'invalid_request_error', code: 'context_length_exceeded' },
  content_filter: { type: 'invalid_request_error', code: 'content_filter' },
  invalid_request: { type: 'invalid_request_error', code: null },
  timeout: { type: 'timeout_error', code: 'timeout' },
  upstream_error: { type: 'api_error', code: null },
}

/** `{ error: { message, type, param, code } }`, with what our own clients read in `error.gw`. */
export function formatError({ type, message, code, param, gw }: CallerError): JsonObject {
  const said = words[type]
  return {
    error: { message, type: said.type, param: param ?? null, code: said.code ?? code ?? null, ...(gw && { gw }) },
  }
}
