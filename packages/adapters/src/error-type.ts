/** What can go wrong at a provider, in nine words. */
export type ErrorType = keyof typeof errorTypes

/**
 * For each error type: `retry` when the same target may succeed on another try, `fallback` when another target may.
 */
export const errorTypes = {
  rate_limit: { retry: true, fallback: true },
  quota_exceeded: { retry: false, fallback: true },
  auth: { retry: false, fallback: true },
  model_not_found: { retry: false, fallback: true },
  context_length: { retry: false, fallback: true },
  content_filter: { retry: false, fallback: true },
  invalid_request: { retry: false, fallback: true },
  timeout: { retry: true, fallback: true },
  upstream_error: { retry: true, fallback: true },
} as const satisfies Record<string, { retry: boolean; fallback: boolean }>
