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

/** How a fault of the gateway's own parts, or of its caller, ends. */
export interface GatewayFault {
  id: string
  what: string
  caller: string
  row: string
  money: string
  budget: string
  limit: string
}

/** Each has a test of the same id in `gateway-faults.test.ts`. */
export const gatewayFaults = [
  {
    id: 'database-down-warm',
    what: 'D1 cannot be reached, and the isolate knows the key',
    caller: 'the answer, for five minutes from the last look-up on',
    row: 'arrives when D1 is back: the queue delivers again, and past its patience the outbox keeps it',
    money: 'as usual',
    budget: 'as usual',
    limit: 'as usual',
  },
  {
    id: 'database-down-cold',
    what: 'D1 cannot be reached, and the isolate does not know the key',
    caller: '503 `unavailable` with Retry-After',
    row: 'none: nobody knows whose request it is',
    money: 'nothing',
    budget: 'nothing',
    limit: 'nothing',
  },
  {
    id: 'database-down-consumer',
    what: 'D1 cannot be reached when rows arrive, for longer than the queue is patient',
    caller: 'nothing of it',
    row: 'kept in the outbox, and written once',
    money: 'as usual',
    budget: 'as usual, counted once',
    limit: 'as usual',
  },
  {
    id: 'queue-down',
    what: 'The queue takes no rows',
    caller: 'nothing of it',
    row: 'kept in the outbox, and written once',
    money: 'as usual',
    budget: 'as usual, counted once',
    limit: 'as usual',
  },
  {
    id: 'ledger-down-limits',
    what: 'The Durable Object of a limit cannot be reached',
    caller: 'the answer for a tenth of the limit in each isolate, then 429',
    row: '`unchecked`',
    money: 'as usual',
    budget: 'as usual',
    limit: 'counted in the isolate alone',
  },
  {
    id: 'ledger-down-budget',
    what: 'The Durable Object of a hard budget cannot be reached',
    caller: '503 `unavailable` with Retry-After for what costs money; the answer for what is free',
    row: '`rejected`',
    money: 'nothing',
    budget: 'nothing',
    limit: 'one permit',
  },
  {
    id: 'ledger-slow',
    what: 'The Durable Object does not answer within two seconds',
    caller: 'as if it could not be reached',
    row: 'as if it could not be reached',
    money: 'nothing',
    budget: 'what it may have set aside returns by itself',
    limit: 'as if it could not be reached',
  },
  {
    id: 'settle-fails',
    what: 'The ledger cannot be reached when a request ends',
    caller: 'the answer',
    row: 'as usual',
    money: 'as usual',
    budget: 'keeps the reservation until the row arrives, then counts the cost once',
    limit: 'one permit',
  },
  {
    id: 'crash',
    what: 'The isolate dies between reservation and end',
    caller: 'a connection that breaks',
    row: 'none, unless the answer runs in an object of its own, which keeps a draft',
    money: 'nothing',
    budget: 'the reservation returns after 15 minutes',
    limit: 'one permit',
  },
  {
    id: 'bad-settings',
    what: 'The settings of a gateway cannot be read',
    caller: 'the answer, with the default settings',
    row: 'as usual',
    money: 'as usual',
    budget: 'as usual',
    limit: 'as usual',
  },
  {
    id: 'unreadable-key',
    what: 'A stored provider key cannot be decrypted',
    caller: 'the answer, with the key of the next level',
    row: 'names the level that was used',
    money: 'as usual',
    budget: 'as usual',
    limit: 'one permit',
  },
  {
    id: 'leaves-before-answer',
    what: 'The caller leaves before the first byte',
    caller: 'nothing',
    row: '`client_gone`, with the usage that the provider reports',
    money: 'what the answer costs: it is waited for, up to 25 s',
    budget: 'the cost',
    limit: 'one permit',
  },
  {
    id: 'leaves-mid-stream',
    what: 'The caller leaves in the middle of a stream',
    caller: 'what it had read',
    row: '`client_gone`, with the usage that the provider reports',
    money: 'what the answer costs: it is read to its end, up to 25 s and 4 MB',
    budget: 'the cost',
    limit: 'one permit',
  },
  {
    id: 'leaves-mid-stream-cancel',
    what: 'The same, on a gateway that cancels (`on_client_gone`)',
    caller: 'what it had read',
    row: '`client_gone`, estimated',
    money: 'the text that was sent and what was delivered',
    budget: 'the same',
    limit: 'one permit',
  },
  {
    id: 'huge-answer',
    what: 'A whole answer of more than 64 MB',
    caller: '502 `upstream_error`',
    row: '`upstream_error`, estimated',
    money: '`null`: nobody knows',
    budget: 'what was reserved',
    limit: 'one permit',
  },
] as const satisfies readonly GatewayFault[]
