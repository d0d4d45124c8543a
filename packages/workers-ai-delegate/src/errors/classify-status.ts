/** What kind of failure it is, coarsely. */
export type GatewayErrorCode =
  | 'auth'
  | 'rate-limit'
  | 'not-found'
  | 'bad-request'
  | 'provider-error'
  | 'gateway-error'
  | 'resume-expired'
  | 'unknown'

/** A failure's kind, and whether the same request, or another model, may fare better. */
export interface Classification {
  code: GatewayErrorCode
  recoverable: boolean
}

const classifications: Readonly<Record<number, Classification>> = {
  400: { code: 'bad-request', recoverable: false },
  401: { code: 'auth', recoverable: false },
  // Not payable with the gateway's credits, or no credits left: another secret is needed.
  402: { code: 'auth', recoverable: false },
  403: { code: 'auth', recoverable: false },
  404: { code: 'not-found', recoverable: false },
  408: { code: 'provider-error', recoverable: true },
  409: { code: 'provider-error', recoverable: true },
  413: { code: 'bad-request', recoverable: false },
  415: { code: 'bad-request', recoverable: false },
  422: { code: 'bad-request', recoverable: false },
  425: { code: 'provider-error', recoverable: true },
  429: { code: 'rate-limit', recoverable: true },
}

/** What an HTTP status of 400 or more means. */
export function classifyStatus(status: number): Classification {
  if (status >= 500) return { code: 'provider-error', recoverable: true }
  return classifications[status] ?? { code: 'unknown', recoverable: false }
}
