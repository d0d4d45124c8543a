import { objectOf, objectsOf, parseJson, stringOf } from '../workers-ai/run/json.ts'
import { readErrorText, withCode } from '../workers-ai/run/read-error.ts'

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
  const { message, code } = readErrorText(text)
  const { name, internalCode } = objectOf(parseJson(text)) ?? {}
  const said = withCode(message, code) || `HTTP ${response.status}`
  return new InferenceUpstreamError(said, internalCode === undefined ? undefined : stringOf(name), code)
}

/** The error of a gateway's answer to anything but a model call. */
export async function readGatewayApiError(response: Response, what: string): Promise<Error> {
  const text = await response.text()
  const body = objectOf(parseJson(text))
  const [stated] = objectsOf(body?.['errors'])
  const message = stringOf(stated?.['message'])
  if (response.status === 404 && body) return new AiGatewayLogNotFound(message ?? `${what} not found`)
  return new AiGatewayInternalError(message ?? (text || `${what}: HTTP ${response.status}`))
}
