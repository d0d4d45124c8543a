import type { Failure, VendorError } from '../format.ts'
import { idFrom } from '../hash.ts'
import type { Issue } from '../shape.ts'
import { leakedKeyMessage } from './leaked-key.ts'
import { dotPath } from './path-text.ts'

const types: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/** Words a failure as Anthropic does: `{type:"error",error:{type,message},request_id}`. */
export function toAnthropicError(failure: Failure, { seed }: { seed: number }): VendorError {
  const { status, message, headers } = detailOf(failure)
  const type = types[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
  const body = { type: 'error', error: { type, message }, request_id: `req_${idFrom(seed, 24)}` }
  return { status, body, ...(headers ? { headers } : {}) }
}

function detailOf(failure: Failure): { status: number; message: string; headers?: Record<string, string> } {
  const { model = '', message = '' } = failure
  switch (failure.kind) {
    case 'invalid':
      return { status: 400, message: failure.issue ? wordIssue(failure.issue) : message }
    case 'missing-auth':
      return { status: 401, message: 'x-api-key header is required' }
    case 'bad-auth':
      return { status: 401, message: 'invalid x-api-key' }
    case 'leaked-key':
      return { status: 401, message: leakedKeyMessage }
    case 'no-route':
      return { status: 404, message: 'Not Found' }
    case 'wrong-method':
      return { status: 405, message: 'Method Not Allowed' }
    case 'model-not-found':
      return { status: 404, message: `model: ${model}` }
    case 'context-length':
      return { status: 400, message: 'prompt is too long: 210000 tokens > 200000 maximum' }
    case 'content-filter':
      return { status: 400, message: 'Output blocked by content filtering policy' }
    case 'quota':
      return { status: 400, message: lowBalance }
    case 'status':
      return statusDetail(failure)
  }
}

const lowBalance =
  'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.'

const statusMessages: Record<number, string> = {
  429: 'This request would exceed your organization’s rate limit of 50 requests per minute.',
  500: 'Internal server error',
  529: 'Overloaded',
}

function statusDetail({ status = 500, retryAfterSeconds }: Failure) {
  const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  const retry = status === 429 || status >= 500 ? { 'x-should-retry': 'true' } : {}
  return { status, message: statusMessages[status] ?? 'Internal server error', headers: { ...wait, ...retry } }
}

function wordIssue({ code, path, expected }: Issue): string {
  const at = dotPath(path)
  switch (code) {
    case 'unknown':
      return `${at}: Extra inputs are not permitted`
    case 'missing':
      return `${at}: Field required`
    case 'type':
      return `${at}: Input should be ${expected}`
    case 'value':
      return `${at}: Input should be ${expected}`
  }
}
