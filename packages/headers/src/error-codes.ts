import type { ErrorType } from './error-types.ts'

/** What a code means on the wire. */
export interface ErrorCodeFacts {
  /** HTTP status of the answer. */
  readonly status: number
  /** Cloudflare's number for the same condition, where it has one; sent as `error[0].code`. */
  readonly cloudflareCode: number | undefined
  /** Whether the same request, sent again unchanged, can succeed. */
  readonly retryable: boolean
  /** The provider error type that the code is reported as. */
  readonly type: ErrorType
}

const retryableTypes = /* @__PURE__ */ new Set(['rate_limit', 'timeout', 'upstream_error'])

type Row = readonly [status: number, cloudflareCode?: number]

/** Rows are code: [HTTP status, Cloudflare's number]. */
const codesByType = {
  auth: {
    unauthenticated: [401, 2009],
    missing_upstream_secret: [401],
    upstream_auth: [401],
    byok_alias_not_found: [400, 2040],
    forbidden: [403],
  },
  invalid_request: {
    invalid_request: [400, 7001],
    upstream_invalid_request: [400],
    gateway_not_found: [400, 2001],
    invalid_json: [400],
    invalid_header: [400],
    missing_model: [400, 2019],
    invalid_provider: [400, 2008],
    chat_bad_format: [400, 2019],
    unsupported: [400],
    no_eligible_target: [400],
    blocked_upstream_url: [400],
    not_found: [404, 7000],
    log_not_found: [404, 7002],
    method_not_allowed: [405],
    conflict: [409],
    precondition_failed: [412],
    body_too_large: [413],
    unsupported_media_type: [415],
    client_closed: [499],
  },
  model_not_found: {
    unknown_model: [404, 7003],
    upstream_model_not_found: [404, 7003],
    unknown_route: [404],
  },
  context_length: { context_length_exceeded: [400] },
  content_filter: {
    content_filtered: [400],
    prompt_blocked: [424, 2016],
    response_blocked: [424, 2017],
    dlp_request_blocked: [424, 2029],
    dlp_response_blocked: [424, 2030],
  },
  rate_limit: { rate_limited: [429, 2003], upstream_rate_limited: [429, 2003] },
  quota_exceeded: {
    insufficient_balance: [402, 2021],
    budget_exceeded: [429, 2045],
    neurons_exhausted: [429, 3036],
    upstream_quota_exceeded: [429],
  },
  timeout: { upstream_timeout: [504] },
  upstream_error: {
    internal: [500, 2002],
    upstream_error: [502],
    upstream_truncated: [502],
    upstream_unreachable: [502, 2005],
    unavailable: [503],
    guardrails_unavailable: [503, 7013],
  },
} as const satisfies Record<ErrorType, Record<string, Row>>

type Codes = typeof codesByType

/** What a `GatewayError` can be about. Codes are public: added, never renamed. */
export type ErrorCode = { [T in ErrorType]: keyof Codes[T] }[ErrorType]

/**
 * Every code with its HTTP status, Cloudflare's number, its provider error type, and whether a retry can help.
 *
 * @see https://developers.cloudflare.com/ai-gateway/reference/errors/
 */
export const errorCodes: Readonly<Record<ErrorCode, ErrorCodeFacts>> = /* @__PURE__ */ tabulate()

function tabulate() {
  const entries = Object.entries(codesByType).flatMap(([type, codes]) =>
    Object.entries<Row>(codes).map(([code, [status, cloudflareCode]]) => [
      code,
      { status, cloudflareCode, type, retryable: retryableTypes.has(type) },
    ]),
  )
  return Object.fromEntries(entries)
}
