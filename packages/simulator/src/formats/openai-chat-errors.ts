import type { Failure, VendorError } from '../format.ts'
import type { Issue } from '../shape.ts'
import { bracketPath } from './path-text.ts'
import { leakedKeyMessage } from './leaked-key.ts'

interface Detail {
  status: number
  message: string
  type: string
  code: string | null
  param?: string | null
  headers?: Record<string, string>
}

/** Words a failure as OpenAI does: `{error:{message,type,param,code}}`. */
export function toChatError(failure: Failure, { provider }: { provider: string }): VendorError {
  const { status, headers, ...error } = detailOf(failure, provider)
  const { message, type, param = null, code } = error
  return { status, body: { error: { message, type, param, code } }, ...(headers ? { headers } : {}) }
}

function detailOf(failure: Failure, provider: string): Detail {
  const invalid = { status: 400, type: 'invalid_request_error', code: null }
  const { model = '', message = '' } = failure
  switch (failure.kind) {
    case 'invalid':
      return failure.issue
        ? { ...invalid, ...wordIssue(failure.issue) }
        : { ...invalid, message, param: failure.param ?? null, code: failure.code ?? null }
    case 'missing-auth':
      return { ...invalid, status: 401, message: missingKey }
    case 'bad-auth':
      return { ...invalid, status: 401, code: 'invalid_api_key', message: badKey }
    case 'leaked-key':
      return { ...invalid, status: 401, code: 'gateway_key_leaked', message: leakedKeyMessage }
    case 'no-route':
      return { ...invalid, status: 404, message: `Invalid URL (${message})` }
    case 'wrong-method':
      return { ...invalid, status: 405, message: `Not allowed to use this method on this resource (${message})` }
    case 'model-not-found':
      return {
        ...invalid,
        status: 404,
        code: 'model_not_found',
        message: `The model \`${model}\` does not exist or you do not have access to it.`,
      }
    case 'context-length':
      return { ...invalid, code: 'context_length_exceeded', param: 'messages', message: tooLong }
    case 'content-filter':
      return provider === 'azure-openai'
        ? { ...invalid, code: 'content_filter', param: 'prompt', message: azureFiltered }
        : { ...invalid, code: 'content_policy_violation', message: filtered }
    case 'quota':
      return { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', message: noQuota }
    case 'status':
      return statusDetail(failure, model)
  }
}

const missingKey =
  "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
const badKey =
  'Incorrect API key provided: bad-key. You can find your API key at https://platform.openai.com/account/api-keys.'
const tooLong =
  "This model's maximum context length is 128000 tokens. However, your messages resulted in 130001 tokens. Please reduce the length of the messages."
const filtered = 'Your request was rejected as a result of our safety system.'
const azureFiltered =
  "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry."
const noQuota = 'You exceeded your current quota, please check your plan and billing details.'

function statusDetail({ status = 500, retryAfterSeconds }: Failure, model: string): Detail {
  if (status === 429) {
    const wait = retryAfterSeconds === undefined ? {} : { headers: retryHeaders(retryAfterSeconds) }
    const message = `Rate limit reached for ${model} in organization org-simulated on requests per min (RPM): Limit 3, Used 3, Requested 1.`
    return { status, type: 'requests', code: 'rate_limit_exceeded', message, ...wait }
  }
  if (status < 500)
    return { status, type: 'invalid_request_error', code: null, message: `The request failed with status ${status}.` }
  const message =
    status === 503 || status === 529
      ? 'The engine is currently overloaded, please try again later'
      : 'The server had an error while processing your request. Sorry about that!'
  return { status, type: 'server_error', code: null, message }
}

function retryHeaders(seconds: number): Record<string, string> {
  return { 'retry-after': String(seconds), 'retry-after-ms': String(seconds * 1000) }
}

function wordIssue({ code, path, expected, got }: Issue): { message: string; param: string; code: string } {
  const param = bracketPath(path)
  switch (code) {
    case 'unknown':
      return { param, code: 'unknown_parameter', message: `Unknown parameter: '${param}'.` }
    case 'missing':
      return { param, code: 'missing_required_parameter', message: `Missing required parameter: '${param}'.` }
    case 'type':
      return {
        param,
        code: 'invalid_type',
        message: `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`,
      }
    case 'value':
      return { param, code: 'invalid_value', message: `Invalid value for '${param}': ${got}. Expected ${expected}.` }
  }
}
