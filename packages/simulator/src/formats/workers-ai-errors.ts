import type { Failure, VendorError } from '../format.ts'
import type { Issue } from '../shape.ts'
import { leakedKeyMessage } from './leaked-key.ts'

interface Detail {
  status: number
  code: number
  message: string
  headers?: Record<string, string>
}

/** Words a failure as Cloudflare does: `{success:false,errors:[{code,message}],result:null}`. */
export function toRunError(failure: Failure): VendorError {
  const { status, code, message, headers } = detailOf(failure)
  const body = { result: null, success: false, errors: [{ code, message }], messages: [] }
  return { status, body, ...(headers ? { headers } : {}) }
}

function detailOf(failure: Failure): Detail {
  const { model = '', message = '' } = failure
  switch (failure.kind) {
    case 'invalid':
      return {
        status: 400,
        code: 5006,
        message: `AiError: Bad input: Error: ${failure.issue ? wordIssue(failure.issue) : message}`,
      }
    case 'missing-auth':
    case 'bad-auth':
      return { status: 401, code: 10000, message: 'Authentication error' }
    case 'leaked-key':
      return { status: 401, code: 10000, message: leakedKeyMessage }
    case 'no-route':
    case 'wrong-method':
      return {
        status: 404,
        code: 7003,
        message: `Could not route to ${message}, perhaps your object identifier is invalid?`,
      }
    case 'model-not-found':
      return { status: 400, code: 5007, message: `No such model ${model} or task` }
    case 'context-length':
      return { status: 400, code: 5021, message: tooLong }
    case 'content-filter':
      return { status: 400, code: 3030, message: 'AiError: Input prompt contains NSFW content' }
    case 'quota':
      return { status: 429, code: 3036, message: noNeurons }
    case 'status':
      return statusDetail(failure)
  }
}

const tooLong =
  'AiError: The estimated number of input and maximum output tokens (130001) exceeded this model context window limit (128000).'
const noNeurons =
  "you have used up your daily free allocation of 10,000 neurons, please upgrade to Cloudflare's Workers Paid plan if you would like to continue usage."

function statusDetail({ status = 500, retryAfterSeconds }: Failure): Detail {
  const wait = retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }
  if (status === 429)
    return { status, code: 3040, message: 'Capacity temporarily exceeded, please try again.', ...wait }
  return { status, code: 3043, message: 'Internal server error', ...wait }
}

function wordIssue({ code, path, expected, got }: Issue): string {
  const at = `/${path.join('/')}`
  const parent = `/${path.slice(0, -1).join('/')}`
  switch (code) {
    case 'unknown':
      return `additional property '${path.at(-1)}' at '${parent}' is not allowed`
    case 'missing':
      return `required properties at '${parent}' are '${path.at(-1)}'`
    case 'type':
    case 'value':
      return `Type mismatch of '${at}', ${expected} expected, got ${got}`
  }
}
