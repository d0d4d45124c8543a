/** What can go wrong at a provider, in nine words. */
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

export type ErrorType = (typeof errorTypes)[number]
