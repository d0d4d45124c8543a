import type { HeaderReader } from './header-reader.ts'
import type { ErrorType } from './error-type.ts'
import { isObject, objectOf, objectsOf, parseObject, stringOf, type JsonObject } from './json.ts'
import type { ProviderError } from './provider-error.ts'
import { readRetryAfter } from './read-retry-after.ts'

export interface ErrorFacts {
  status: number
  headers?: HeaderReader
  /** The body as text, or the error object of a stream event. */
  body: string | JsonObject
}

/** Reads any vendor's error answer: what happened, in one of nine types, and how long to wait. Never throws. */
export function readProviderError({ status, headers, body }: ErrorFacts): ProviderError {
  const parsed = typeof body === 'string' ? parseBody(body) : body
  const words = { ...readNativeType(headers), ...(parsed && readWords(parsed)) }
  const text = typeof body === 'string' && !parsed ? plainText(body) : undefined
  const message = words.message ?? text ?? `The provider answered HTTP ${status}.`
  const facts = { status, message, ...words }
  const retryAfterMs = headers && readRetryAfter(headers, parsed)
  return {
    ...facts,
    type: classify(facts),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(parsed && { body: parsed }),
  }
}

/** Amazon names the error in a header, `ThrottlingException:http://…`. */
function readNativeType(headers: HeaderReader | undefined): ErrorWords {
  const nativeType = headers?.get('x-amzn-errortype')?.split(':')[0]
  return nativeType ? { nativeType } : {}
}

interface ErrorWords {
  message?: string
  code?: string
  nativeType?: string
  param?: string
}

/** Gemini wraps stream errors in an array. */
function parseBody(text: string): JsonObject | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith('[')) return parseObject(trimmed)
  try {
    return objectsOf(JSON.parse(trimmed)).at(0)
  } catch {
    return undefined
  }
}

/** The places where vendors put message, code and type; the first that is filled wins. */
function readWords(body: JsonObject): ErrorWords {
  const error = objectOf(body['error']) ?? objectsOf(body['errors']).at(0) ?? objectsOf(body['error']).at(0) ?? body
  const detail = objectOf(body['detail']) ?? objectsOf(body['detail']).at(0)
  const nested = objectOf(error['message'])
  const message = firstString(
    error['message'],
    nested?.['message'],
    body['error'],
    detail?.['message'],
    detail?.['msg'],
    body['detail'],
    body['message'],
    body['title'],
  )
  const code = firstString(error['code'], body['code'], error['status'], detail?.['status'], detail?.['type'])
  const nativeType = firstString(error['type'], body['error_type'], error['status'], reasonOf(error), body['__type'])
  const param = stringOf(error['param'])
  return {
    ...(message !== undefined && { message }),
    ...(code !== undefined && { code }),
    ...(nativeType !== undefined && { nativeType }),
    ...(param !== undefined && { param }),
  }
}

/** Google names the precise reason in `details[].reason`. */
function reasonOf(error: JsonObject): string | undefined {
  return objectsOf(error['details'])
    .map((detail) => stringOf(detail['reason']))
    .find((reason) => reason !== undefined)
}

function firstString(...values: unknown[]): string | undefined {
  const value = values.find(
    (candidate) => (typeof candidate === 'string' && candidate !== '') || typeof candidate === 'number',
  )
  return value === undefined ? undefined : String(value)
}

/** An HTML error page says nothing to a caller of an API. */
function plainText(body: string): string | undefined {
  const text = body.trim()
  return text === '' || text.startsWith('<') ? undefined : text.slice(0, 500)
}

/** Rules in order of precedence: what the provider said outweighs the status that it said it with. */
const wordRules: readonly [ErrorType, RegExp][] = [
  [
    'context_length',
    /context_length_exceeded|context window|context length|maximum context|prompt is too long|too[ _]many[ _](?:input[ _]|prompt[ _])?tokens|input is too long|exceeds? the (?:maximum )?(?:token|context)|token count .* exceeds|string_above_max_length|reduce the length/i,
  ],
  ['rate_limit', /(?:requests|tokens) per (?:second|minute|hour)/i],
  [
    'quota_exceeded',
    /insufficient_quota|insufficient[ _]balance|quota_exceeded|billing_error|billing_hard_limit|exceeded your current quota|credit balance|payment required|out of credits|insufficient credits|daily free allocation|\b3036\b/i,
  ],
  [
    'content_filter',
    /content_filter|content_policy|content management policy|responsible ?ai|safety system|moderation|flagged|prohibited_content|blocked (?:by|due)|guardrail/i,
  ],
  [
    'auth',
    /invalid_api_key|incorrect api key|invalid api key|api key not (?:valid|found)|api_key_invalid|authentication_error|unauthenticated|unauthorized|invalid (?:x-api-key|token|authentication)|permission_denied|permission_error|authentication error/i,
  ],
  [
    'model_not_found',
    /model_not_found|model.{0,80}(?:not found|does not exist|not exist|not supported|is not available|not a valid model|decommissioned)|not a valid model|no such model|unknown model|invalid model|models\/\S+ is not found/i,
  ],
  ['rate_limit', /rate_limit|rate limit|too many requests|resource_exhausted|throttl|ratelimit/i],
  ['timeout', /timeout_error|deadline_exceeded|timed out/i],
  ['upstream_error', /overloaded|service_unavailable|server_error|internal_error|capacity/i],
]

const statusRules: Readonly<Record<number, ErrorType>> = {
  401: 'auth',
  402: 'quota_exceeded',
  403: 'auth',
  404: 'model_not_found',
  408: 'timeout',
  413: 'context_length',
  429: 'rate_limit',
  499: 'timeout',
  504: 'timeout',
}

function classify({ status, message, code, nativeType }: ErrorWords & { status: number }): ErrorType {
  const words = `${code ?? ''} ${nativeType ?? ''} ${ownWords(message ?? '', status)}`
  const said = wordRules.find(([, rule]) => rule.test(words))?.[0]
  if (said !== undefined && fits(said, status)) return said
  return statusRules[status] ?? (status >= 500 ? 'upstream_error' : 'invalid_request')
}

/**
 * Who refuses a value repeats it, in quotes: those words are the caller's, and are no reason to have a key or a target rest.
 * From the first quote to the last, as a value may have quotes of its own.
 */
const ownWords = (message: string, status: number): string =>
  status === 400 || status === 422 ? message.replace(/(?<!\w)(['"`]).*\1(?!\w)/gs, ' ') : message

/** A 5xx that mentions a model or a key is still the provider's fault; a 429 is a limit of some kind. */
function fits(type: ErrorType, status: number): boolean {
  if (status >= 500)
    return type === 'timeout' || type === 'upstream_error' || type === 'rate_limit' || type === 'quota_exceeded'
  if (status === 429) return type === 'quota_exceeded' || type === 'rate_limit'
  if (status === 401) return type === 'quota_exceeded' || type === 'auth'
  return type !== 'upstream_error' || !isClientStatus(status)
}

const isClientStatus = (status: number): boolean => status >= 400 && status < 500

/** Vendors put an HTTP status in the error of a stream event, as a number or its digits, or a word that stands for one. */
export function statusOfStreamError(error: JsonObject): number {
  const stated = [error['status_code'], error['code'], error['status']].map(Number)
  const status = stated.find((code) => code >= 400 && code < 600)
  if (status !== undefined) return status
  const word = `${stringOf(error['type']) ?? ''} ${stringOf(error['code']) ?? ''} ${stringOf(error['status']) ?? ''}`
  return streamStatusRules.find(([rule]) => rule.test(word))?.[1] ?? 502
}

const streamStatusRules: readonly [RegExp, number][] = [
  [/overloaded/i, 529],
  [/rate_limit|resource_exhausted|quota/i, 429],
  [/authentication|unauthenticated|api_key/i, 401],
  [/permission/i, 403],
  [/not_found/i, 404],
  [/timeout|deadline/i, 504],
  [/invalid_request|invalid_argument|bad_request|content_filter/i, 400],
  [/unavailable/i, 503],
  [/api_error|server_error|internal/i, 500],
]

/** The error of a stream event, or of an answer with status 200, that is `{ error: … }` in any nesting that vendors use. */
export function readStreamError(data: JsonObject, headers?: HeaderReader): ProviderError {
  const error = isObject(data['error']) ? data['error'] : data
  return readProviderError({ status: statusOfStreamError(error), body: data, ...(headers && { headers }) })
}
