import { isObject, numberOf, objectsOf, parseJson, stringOf } from '../workers-ai/run/json.ts'

/** An error that the model or the gateway answered with; `name` is the answer's, where it states one. */
export class InferenceUpstreamError extends Error {
  /** The answer's own number. */
  readonly internalCode: number | undefined

  constructor(message: string, name = 'InferenceUpstreamError', internalCode?: number) {
    super(message)
    this.name = name
    this.internalCode = internalCode
  }
}

/** A request that cannot be made, or an answer that the binding does not understand. */
export class AiInternalError extends Error {
  override readonly name = 'AiInternalError'
}

/** A gateway's answer to anything but a model call that says no. */
export class AiGatewayInternalError extends Error {
  override readonly name: string = 'AiGatewayInternalError'
}

/** The gateway has no such log row. */
export class AiGatewayLogNotFound extends Error {
  override readonly name: string = 'AiGatewayLogNotFound'
}

/** The error of a run's answer, worded as the runtime's binding words it: `5007: No such model`. */
export async function readInferenceError(response: Response): Promise<InferenceUpstreamError> {
  const text = await response.text()
  const body = parseJson(text)
  if (!isObject(body)) return new InferenceUpstreamError(text || `HTTP ${response.status}`)

  const internalCode = numberOf(body['internalCode'])
  if (internalCode !== undefined) {
    const description = stringOf(body['description']) ?? stringOf(body['message'])
    return new InferenceUpstreamError(`${internalCode}: ${description}`, stringOf(body['name']), internalCode)
  }
  const [stated] = objectsOf(body['errors'])
  if (stated === undefined) return new InferenceUpstreamError(text)
  return new InferenceUpstreamError(`${stated['code']}: ${stated['message']}`, undefined, numberOf(stated['code']))
}

/** The error of a gateway's answer to anything but a model call. */
export async function readGatewayApiError(response: Response, what: string): Promise<Error> {
  const text = await response.text()
  const body = parseJson(text)
  const [stated] = isObject(body) ? objectsOf(body['errors']) : []
  const message = stringOf(stated?.['message'])
  if (response.status === 404 && isObject(body)) return new AiGatewayLogNotFound(message ?? `${what} not found`)
  return new AiGatewayInternalError(message ?? (text || `${what}: HTTP ${response.status}`))
}
