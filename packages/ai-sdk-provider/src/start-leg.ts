import { GatewayError } from '@gw/headers'
import { AiGatewayInternalFetchError } from './ai-gateway-internal-fetch-error.ts'
import { captureSignal } from './capture.ts'
import { toCapturedRequest, type CapturedRequest } from './captured-request.ts'
import { isAbortError } from './is-abort-error.ts'
import type { AnyModel } from './model-types.ts'
import type { FetchFunction } from './settings.ts'
import { shadowModel } from './shadow-model.ts'

/** A model at work on one call: it has written its request and waits for the answer. */
export interface RunningLeg {
  /** Its first request; fails with the model's own error where it finds the call impossible. */
  request: Promise<CapturedRequest>
  /** What its method returns once it has the answer. */
  result: Promise<unknown>
  /** Hands over the answer. */
  respond(response: Response): void
  /** Ends its work without an answer; nothing happens if it has one. */
  dismiss(): void
}

/** What a model is asked to do. */
export interface LegCall {
  method: string
  options: object
  signal: AbortSignal | undefined
  /** Whether a request is only for a file that lies elsewhere. */
  isDownload(request: CapturedRequest): boolean
  /** Sends downloads, and what the model asks for after its first request. */
  sendFollowUp(request: CapturedRequest, first: CapturedRequest | undefined): Promise<Response>
}

/** Starts a model's method. Its first request is kept here, and is answered later, or never. */
export function startLeg(model: AnyModel, { method, options, signal, ...call }: LegCall): RunningLeg {
  const request = deferred<CapturedRequest>()
  const response = deferred<Response>()
  // Providers hand cancellations on as they are, and wrap other errors.
  const hidden = new DOMException('', 'AbortError')
  let first: CapturedRequest | undefined

  const capture: FetchFunction = async (...args) => {
    const captured = toCapturedRequest(...args)
    if (first === undefined && !call.isDownload(captured)) {
      first = captured
      request.resolve(captured)
      return response.promise
    }
    // A model that asks for several things at once gets none of them unless it is the one to answer.
    if (first) await response.promise
    return call.sendFollowUp(captured, first)
  }

  let captureBy: AbortSignal | undefined
  const start = (target: object, by: AbortSignal | undefined): Promise<unknown> => {
    captureBy = by
    return invoke(target, method, by ? { ...options, abortSignal: by } : options)
  }
  const shadow = shadowModel(model, { method, capture, hidden })
  const result = start(shadow.model, shadow.signal).catch((error: unknown) => {
    // Private fields are the model's alone; only a fetch that knows the call's signal can say what it sends.
    if (first === undefined && missesPrivateField(error)) return start(model, captureSignal(capture, hidden))
    throw error
  })
  const isHidden = (error: unknown) => captureBy !== undefined && (error === hidden || isAbortError(error))
  result.then(
    () => request.reject(notCaptured(model)),
    (error: unknown) => request.reject(isHidden(error) ? notCaptured(model) : error),
  )
  // A model that waits for something else, such as a token, may not hear that the call is cancelled.
  const onAbort = () => request.reject(signal?.reason)
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort)
  return {
    request: request.promise,
    result,
    respond: response.resolve,
    dismiss: () => {
      signal?.removeEventListener('abort', onAbort)
      response.reject(new AiGatewayInternalFetchError())
    },
  }
}

/** What engines say when a stand-in lacks the private fields of the class. */
function missesPrivateField(error: unknown): boolean {
  return error instanceof TypeError && /private (?:member|field|method)|instance of class/i.test(error.message)
}

async function invoke(model: object, method: string, options: object): Promise<unknown> {
  const run: unknown = Reflect.get(model, method)
  if (typeof run !== 'function') throw new TypeError(`The model has no ${method}.`)
  return Reflect.apply(run, model, [options])
}

interface Deferred<T> {
  promise: Promise<T>
  resolve(value: T): void
  reject(reason: unknown): void
}

/** A promise to settle from outside; nobody needs to watch it fail. */
function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  promise.catch(() => undefined)
  return { promise, resolve: (value) => settle?.resolve(value), reject: (reason) => settle?.reject(reason) }
}

function notCaptured({ provider, modelId }: AnyModel): GatewayError {
  return new GatewayError(
    'unsupported',
    `The gateway can't see the requests of ${provider} ${modelId}. Nothing was sent. Give its provider ` +
      '`fetch: gatewayAwareFetch()`, or wrap the gateway’s model: `wrapLanguageModel({ model: gateway(model), … })`.',
    { detail: { provider, modelId } },
  )
}
