import type { Failure, VendorError } from '../format.ts'
import type { Issue } from '../shape.ts'
import { leakedKeyMessage } from './leaked-key.ts'
import { bracketPath } from './path-text.ts'

const statuses: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

interface Detail {
  code: number
  message: string
  details?: unknown[]
}

/** Words a failure as Google does: `{error:{code,message,status,details}}`; a filtered prompt is a 200 without candidates. */
export function toGeminiError(failure: Failure): VendorError {
  if (failure.kind === 'content-filter') {
    const usageMetadata = { promptTokenCount: 1, totalTokenCount: 1 }
    return {
      status: 200,
      body: { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata, modelVersion: failure.model },
    }
  }
  const { code, message, details } = detailOf(failure)
  const status = statuses[code] ?? (code < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL')
  return { status: code, body: { error: { code, message, status, ...(details ? { details } : {}) } } }
}

function detailOf(failure: Failure): Detail {
  const { model = '', message = '' } = failure
  switch (failure.kind) {
    case 'invalid':
      return failure.issue ? wordIssue(failure.issue) : { code: 400, message }
    case 'missing-auth':
      return { code: 403, message: missingKey }
    case 'bad-auth':
      return {
        code: 400,
        message: 'API key not valid. Please pass a valid API key.',
        details: [errorInfo('API_KEY_INVALID')],
      }
    case 'leaked-key':
      return { code: 400, message: leakedKeyMessage, details: [errorInfo('API_KEY_INVALID')] }
    case 'no-route':
    case 'wrong-method':
      return { code: 404, message: `Requested entity was not found. (${message})` }
    case 'model-not-found':
      return {
        code: 404,
        message: `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
      }
    case 'context-length':
      return {
        code: 400,
        message: 'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).',
      }
    case 'quota':
      return {
        code: 429,
        message: noQuota,
        details: [quotaFailure('GenerateRequestsPerDayPerProjectPerModel-FreeTier')],
      }
    default:
      return statusDetail(failure)
  }
}

const missingKey =
  "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."
const noQuota = 'You exceeded your current quota, please check your plan and billing details.'

const statusMessages: Record<number, string> = {
  429: 'Resource has been exhausted (e.g. check quota).',
  500: 'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
  503: 'The model is overloaded. Please try again later.',
}

function statusDetail({ status = 500, retryAfterSeconds }: Failure): Detail {
  const message = statusMessages[status] ?? 'The service is currently unavailable.'
  if (status !== 429) return { code: status, message }
  const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` }
  const failure = quotaFailure('GenerateRequestsPerMinutePerProjectPerModel')
  return { code: status, message, details: retryAfterSeconds === undefined ? [failure] : [failure, retry] }
}

function errorInfo(reason: string): unknown {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'generativelanguage.googleapis.com' },
  }
}

function quotaFailure(quotaId: string): unknown {
  const violations = [{ quotaMetric: 'generativelanguage.googleapis.com/generate_content_requests', quotaId }]
  return { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations }
}

function wordIssue({ code, path, expected, got }: Issue): Detail {
  const place = bracketPath(path)
  const parent = bracketPath(path.slice(0, -1))
  const name = String(path.at(-1) ?? '')
  const at = parent === '' ? '' : ` at '${parent}'`
  switch (code) {
    case 'unknown':
      return badRequest(`Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`, place)
    case 'missing':
      return { code: 400, message: `* GenerateContentRequest.${place}: ${name} is not specified` }
    case 'type':
      return badRequest(`Invalid value at '${place}': expected ${expected}, got ${got}`, place)
    case 'value':
      return badRequest(`Invalid value at '${place}': ${got} is not ${expected}`, place)
  }
}

function badRequest(message: string, field: string): Detail {
  const fieldViolations = [{ field, description: message }]
  return { code: 400, message, details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }] }
}
