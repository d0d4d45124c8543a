import type { Failure, VendorError } from '../format.ts'
import { uuidFrom } from '../hash.ts'
import type { Issue } from '../shape.ts'
import { leakedKeyMessage } from './leaked-key.ts'
import { bracketPath } from './path-text.ts'

interface Detail {
  status: number
  message: string
  error_type?: string
  headers?: Record<string, string>
}

/** Words a failure as Cohere does: `{id,message}`. */
export function toCohereError(failure: Failure, { seed }: { seed: number }): VendorError {
  const { status, headers, ...error } = detailOf(failure)
  return { status, body: { id: uuidFrom(seed), ...error }, ...(headers ? { headers } : {}) }
}

function detailOf(failure: Failure): Detail {
  const { model = '', message = '' } = failure
  switch (failure.kind) {
    case 'invalid':
      return failure.issue ? wordIssue(failure.issue) : { status: 400, message }
    case 'missing-auth':
      return { status: 401, message: 'no api key supplied' }
    case 'bad-auth':
      return {
        status: 401,
        message:
          'Incorrect API key provided: ***********. You can find your API key at https://dashboard.cohere.com/api-keys.',
      }
    case 'leaked-key':
      return { status: 401, message: leakedKeyMessage }
    case 'no-route':
      return { status: 404, message: `404 page not found (${message})` }
    case 'wrong-method':
      return { status: 405, message: `method not allowed (${message})` }
    case 'model-not-found':
      return {
        status: 404,
        message: `model '${model}' not found, make sure the correct model ID was used and that you have access to the model.`,
      }
    case 'context-length':
      return { status: 400, error_type: 'TOO_MANY_TOKENS', message: tooLong }
    case 'content-filter':
      return { status: 400, message: 'invalid request: the prompt was blocked by the content filter' }
    case 'quota':
      return { status: 429, message: noQuota }
    case 'status':
      return statusDetail(failure)
  }
}

const tooLong =
  'too many tokens: size limit exceeded by 25836 tokens. Try using shorter or fewer inputs. The limit for this model is 288000 tokens.'
const noQuota =
  'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits.'

function statusDetail({ status = 500, retryAfterSeconds }: Failure): Detail {
  const message = status === 429 ? 'too many requests: please wait and try again later' : 'internal server error'
  return {
    status,
    message,
    ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  }
}

function wordIssue({ code, path, expected, got }: Issue): Detail {
  const name = bracketPath(path)
  switch (code) {
    case 'unknown':
      return { status: 422, message: `unknown field: parameter '${name}' is not a valid field` }
    case 'missing':
      return { status: 400, message: `invalid request: ${name} is required` }
    case 'type':
      return { status: 422, message: `invalid type: parameter '${name}' must be ${expected}, got ${got}` }
    case 'value':
      return { status: 400, message: `invalid request: ${name} must be ${expected}, got ${got}` }
  }
}
