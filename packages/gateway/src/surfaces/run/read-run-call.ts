import { isObject, parseObject, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Deps } from '../../deps.ts'
import { withoutGatewayKeys } from '../../steps/credentials.ts'
import { asObject, readJsonBody } from '../../steps/read-json-body.ts'

/** Which of the ways to say "run this model" a path takes. */
export interface RunForm {
  /** The model, where path or header name it. */
  model: string | undefined
  /**
   * `binding`: the body is `{ inputs, options }`, and the answer is the bare result. `rest`: the body is the inputs, or
   * `{ model, input, options }` where the path has no model, and the answer has Cloudflare's envelope.
   */
  style: 'binding' | 'rest'
}

/** A model with what it is to run on. */
export interface RunCall {
  model: string
  /** JSON inputs, or a file as it came. */
  inputs: JsonObject | ReadableStream<Uint8Array>
  options: JsonObject
  /** Query for the provider, with its `?`, or empty. */
  search: string
}

/** @throws GatewayError `missing_model`, `invalid_request`, `invalid_json`, `body_too_large` */
export async function readRunCall(http: Request, form: RunForm, deps: Deps): Promise<RunCall> {
  const url = new URL(http.url)
  if (!/^application\/(?:[\w.-]+\+)?json/.test(http.headers.get('content-type') ?? 'application/json')) {
    return readFile(http, url, form)
  }
  const body = asObject((await readJsonBody(http, deps.maxBodyBytes)).value)
  if (form.style === 'rest' && form.model !== undefined) {
    return { model: form.model, inputs: body, options: {}, search: withoutGatewayKeys(url) }
  }
  const field = form.style === 'binding' ? 'inputs' : 'input'
  const { options = {} } = body
  const inputs = body[field] ?? {}
  if (!isObject(inputs)) throw invalid(`\`${field}\` must be an object.`, field)
  if (!isObject(options)) throw invalid('`options` must be an object.', 'options')
  return { model: modelOf(form.model ?? body['model']), inputs, options, search: queryOf(options) }
}

/** Audio and images come as they are; the binding puts the other inputs into the query. */
function readFile(http: Request, url: URL, { model, style }: RunForm): RunCall {
  if (http.body === null)
    throw new GatewayError('invalid_json', 'The request has no body. Send the inputs of the model.')
  const search =
    style === 'binding'
      ? queryOf(parseObject(url.searchParams.get('userInputs') ?? '{}') ?? {})
      : withoutGatewayKeys(url)
  return { model: modelOf(model), inputs: http.body, options: {}, search }
}

function modelOf(model: unknown): string {
  if (typeof model === 'string' && model !== '') return model
  throw new GatewayError('missing_model', 'No model named. Name one in the path or as `model`, such as "openai/gpt-5".')
}

/** Options that say how to send and to read, not what to run. */
const ownOptions: ReadonlySet<string> = new Set(['gateway', 'returnRawResponse', 'websocket', 'extraHeaders', 'prefix'])

/** Options for the provider travel in its query, as Cloudflare's REST API has them. */
export function queryOf(options: JsonObject): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options)) {
    const isScalar = value !== undefined && value !== null && typeof value !== 'object'
    if (isScalar && !ownOptions.has(name)) query.set(name, String(value))
  }
  const search = query.toString()
  return search === '' ? '' : `?${search}`
}

function invalid(message: string, param: string): GatewayError {
  return new GatewayError('invalid_request', message, { detail: { param } })
}
