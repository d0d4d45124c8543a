/** What the caller gets: the whole answer; an error with its status; an error event in a stream. */
export type CallerSees = 'answer' | 'error' | 'error event'

/** What the row says of the money, and what the budget counts with it. */
export type MoneySays =
  /** What the provider reported, at its price. */
  | 'reported'
  /** The text that was sent and what was delivered, at its price. */
  | 'estimated'
  /** Nothing. */
  | 'free'
  /** Nothing; but the provider was at work when we gave up, so the budget keeps what was reserved. */
  | 'given up'
  /** Nobody knows; the budget counts what was reserved. */
  | 'unknown'

/** What is remembered of the target. */
export type HealthSays =
  /** It answered. */
  | 'success'
  /** Its own failure: less uptime, and five of these within a minute make it rest. */
  | 'failure'
  /** It rests at once, for as many seconds. */
  | { restsSeconds: number }
  /** Remembered with its type, and no failure of the target: another caller may fare better. */
  | 'noted'
  /** Nothing: it says something of the caller's own key or haste alone. */
  | 'nothing'

/** How one fault of a provider ends. */
export interface ProviderFault {
  /** As the simulator names it. */
  fault: string
  what: string
  stream: boolean
  status: number
  caller: CallerSees
  ending: 'complete' | 'truncated' | 'client_gone' | 'upstream_error'
  errorType: string | null
  money: MoneySays
  health: HealthSays
  headers?: Readonly<Record<string, string>>
}

const failed = { caller: 'error', ending: 'upstream_error', money: 'free', health: 'failure' } as const
const complete = {
  status: 200,
  caller: 'answer',
  ending: 'complete',
  errorType: null,
  money: 'reported',
  health: 'success',
} as const
const cut = {
  status: 200,
  caller: 'error event',
  ending: 'truncated',
  errorType: 'upstream_error',
  health: 'failure',
} as const
const callersKey = { authorization: 'Bearer sk-caller' }

/** Faults of a lone provider, without retries. */
export const providerFaults: readonly ProviderFault[] = [
  {
    ...failed,
    fault: 'refuse',
    what: 'The connection is refused',
    stream: false,
    status: 502,
    errorType: 'upstream_error',
  },
  {
    ...failed,
    fault: 'stall-first',
    what: 'No first byte within the time that the request gives',
    stream: true,
    status: 504,
    errorType: 'timeout',
    health: 'nothing',
    headers: { 'cf-aig-request-timeout': '60' },
    money: 'given up',
  },
  {
    ...failed,
    fault: 'status:429:7',
    what: '429 with Retry-After',
    stream: false,
    status: 429,
    errorType: 'rate_limit',
    health: { restsSeconds: 7 },
  },
  {
    ...failed,
    fault: 'status:429',
    what: '429 without Retry-After',
    stream: true,
    status: 429,
    errorType: 'rate_limit',
    health: { restsSeconds: 1 },
  },
  {
    ...failed,
    fault: 'status:429:7',
    what: "429 with Retry-After to the caller's own key",
    stream: false,
    status: 429,
    errorType: 'rate_limit',
    headers: callersKey,
    health: 'nothing',
  },
  { ...failed, fault: 'status:500', what: '500', stream: false, status: 500, errorType: 'upstream_error' },
  { ...failed, fault: 'status:502', what: '502', stream: false, status: 502, errorType: 'upstream_error' },
  { ...failed, fault: 'status:503', what: '503', stream: true, status: 503, errorType: 'upstream_error' },
  { ...failed, fault: 'status:529', what: '529, overloaded', stream: true, status: 529, errorType: 'upstream_error' },
  {
    ...failed,
    fault: 'html-502',
    what: '502 with an HTML page',
    stream: false,
    status: 502,
    errorType: 'upstream_error',
  },
  {
    ...failed,
    fault: 'quota',
    what: 'The quota is used up',
    stream: false,
    status: 429,
    errorType: 'quota_exceeded',
    health: 'noted',
  },
  {
    ...failed,
    fault: 'bad-auth',
    what: "The caller's own key is wrong",
    stream: false,
    status: 401,
    errorType: 'auth',
    headers: callersKey,
    health: 'noted',
  },
  {
    ...failed,
    fault: 'context-length',
    what: 'The prompt is too long',
    stream: true,
    status: 400,
    errorType: 'context_length',
    health: 'noted',
  },
  {
    ...failed,
    fault: 'content-filter',
    what: 'The provider refuses the content',
    stream: false,
    status: 400,
    errorType: 'content_filter',
    health: 'noted',
  },
  {
    ...failed,
    fault: 'model-not-found',
    what: 'The provider has no such model',
    stream: false,
    status: 404,
    errorType: 'model_not_found',
    health: { restsSeconds: 600 },
  },
  {
    ...failed,
    fault: 'status:400',
    what: 'The request is wrong',
    stream: false,
    status: 400,
    errorType: 'invalid_request',
    health: 'noted',
  },
  {
    ...failed,
    fault: 'error-frame',
    what: '200, then an error in place of the answer',
    stream: false,
    status: 500,
    errorType: 'upstream_error',
  },
  {
    ...cut,
    fault: 'error-frame',
    what: '200, then an error as the first event',
    stream: true,
    ending: 'upstream_error',
    money: 'free',
  },
  {
    ...cut,
    fault: 'preamble-error',
    what: 'An error after the events before the first token',
    stream: true,
    ending: 'upstream_error',
    money: 'free',
  },
  { ...cut, fault: 'cut:3', what: 'The stream breaks after three tokens', stream: true, money: 'estimated' },
  {
    ...cut,
    fault: 'stall:3',
    what: 'The stream falls silent after three tokens',
    stream: true,
    money: 'estimated',
  },
  {
    ...failed,
    fault: 'cut:3',
    what: 'The body breaks in its middle',
    stream: false,
    status: 502,
    errorType: 'upstream_error',
    money: 'unknown',
  },
  {
    ...failed,
    fault: 'stall:3',
    what: 'The body stalls in its middle',
    stream: false,
    status: 504,
    errorType: 'timeout',
    money: 'unknown',
  },
  {
    ...cut,
    fault: 'no-terminal',
    what: 'The stream ends without its terminal event',
    stream: true,
    money: 'estimated',
  },
  { ...complete, fault: 'no-usage', what: 'Usage is missing', stream: true, money: 'estimated' },
  { ...complete, fault: 'zero-usage', what: 'Usage is zero', stream: false, money: 'estimated' },
  { ...complete, fault: 'split:1', what: 'Pieces of one byte', stream: true },
  { ...complete, fault: 'crlf', what: 'CRLF line ends', stream: true },
  { ...complete, fault: 'comments', what: 'A keep-alive before each event', stream: true },
  { ...complete, fault: 'duplicate', what: 'Each token comes twice', stream: true },
  { ...complete, fault: 'slow:5', what: 'A slow provider', stream: true },
]
