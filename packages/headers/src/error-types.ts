/** The nine things that can go wrong at a provider, whatever its own words for them (`gw-error` header, `error.gw.type`). */
export const errorTypes = [
  'rate_limit',
  'quota_exceeded',
  'auth',
  'model_not_found',
  'context_length',
  'content_filter',
  'invalid_request',
  'timeout',
  'upstream_error',
] as const

/** One of the nine provider error types. */
export type ErrorType = (typeof errorTypes)[number]
