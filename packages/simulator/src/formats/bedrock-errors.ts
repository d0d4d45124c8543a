import type { Failure, Frame, VendorError } from '../format.ts'
import type { Issue } from '../shape.ts'
import { leakedKeyMessage } from './leaked-key.ts'
import { dotPath } from './path-text.ts'

interface Detail {
  status: number
  type: string
  message: string
}

/** Words a failure as Bedrock does: `{message}`, and its type in a header. */
export function toBedrockError(failure: Failure): VendorError {
  const { status, type, message } = detailOf(failure)
  const wait = failure.retryAfterSeconds
  return {
    status,
    body: { message },
    headers: {
      'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
    },
  }
}

/** The exceptions that a stream can end with, by status. */
const exceptions: Record<number, string> = {
  400: 'validationException',
  408: 'modelTimeoutException',
  424: 'modelStreamErrorException',
  429: 'throttlingException',
  503: 'serviceUnavailableException',
}

/** The error as the exception that ends a stream. */
export function toBedrockErrorFrame({ status, body }: VendorError): Frame {
  return { kind: 'other', event: exceptions[status] ?? 'internalServerException', text: JSON.stringify(body) }
}

const invalid = (message: string): Detail => ({ status: 400, type: 'ValidationException', message })
const denied = (type: string, message: string): Detail => ({ status: 403, type, message })

function detailOf(failure: Failure): Detail {
  const { message = '' } = failure
  switch (failure.kind) {
    case 'invalid':
      return invalid(failure.issue ? wordIssue(failure.issue) : message)
    case 'missing-auth':
      return denied('MissingAuthenticationTokenException', 'Missing Authentication Token')
    case 'bad-auth':
      return denied('UnrecognizedClientException', 'The security token included in the request is invalid.')
    case 'leaked-key':
      return denied('AccessDeniedException', leakedKeyMessage)
    case 'no-route':
    case 'wrong-method':
      return { status: 404, type: 'UnknownOperationException', message: '' }
    case 'model-not-found':
      return invalid('The provided model identifier is invalid.')
    case 'context-length':
      return invalid('The model returned the following errors: Input is too long for requested model.')
    case 'content-filter':
      return invalid('The model returned the following errors: Output blocked by content filtering policy')
    case 'quota':
      return throttled('Too many tokens per day, please wait before trying again.')
    case 'status':
      return statusDetail(failure)
  }
}

const throttled = (message: string): Detail => ({ status: 429, type: 'ThrottlingException', message })

const byStatus: Record<number, Omit<Detail, 'status'>> = {
  408: {
    type: 'ModelTimeoutException',
    message: 'Model has timed out in processing the request. Try your request again.',
  },
  424: {
    type: 'ModelErrorException',
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  },
  429: { type: 'ThrottlingException', message: 'Too many requests, please wait before trying again.' },
  503: { type: 'ServiceUnavailableException', message: 'Bedrock is unable to process your request.' },
}

function statusDetail({ status = 500 }: Failure): Detail {
  const usual = {
    type: 'InternalServerException',
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  }
  return { status, ...(byStatus[status] ?? usual) }
}

function wordIssue({ code, path, expected, got }: Issue): string {
  const at = dotPath(path)
  if (code === 'unknown')
    return `Malformed input request: #: extraneous key [${at}] is not permitted, please reformat your input and try again.`
  if (code === 'missing')
    return `1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must not be null`
  return `1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must be ${expected}, not ${got}`
}
