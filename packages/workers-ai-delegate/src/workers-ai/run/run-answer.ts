import { readError } from './read-error.ts'
import { isObject, parseJson, type Json, type JsonObject } from './json.ts'
import { toResponseError, toStatedError, type RunContext } from './to-api-call-error.ts'

/** What a run gave back, in whichever form the binding hands it over. */
export interface RunAnswer {
  /** Of the HTTP response; absent where the binding hides it. */
  headers?: Record<string, string>
  body: AnswerBody
}

/** An answer's body: read where it is small, a stream where it may be long. */
export type AnswerBody =
  | { type: 'json'; value: JsonObject }
  | { type: 'text'; text: string }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'stream'; stream: ReadableStream<Uint8Array> }

/**
 * Brings a run's result into one form: a response of the runtime's binding or of REST, or what fakes and older bindings
 * return: an object, a stream, bytes or a string. Throws an APICallError where the answer reports an error.
 */
export async function toRunAnswer(result: unknown, context: RunContext): Promise<RunAnswer> {
  if (!isResponse(result)) return { body: await toBody(result, context) }
  if (!result.ok) throw await toResponseError(result, context)
  const headers = Object.fromEntries(result.headers)
  const isJson = /[/+]json\b/i.test(result.headers.get('content-type') ?? '')
  if (!isJson && result.body) return { headers, body: { type: 'stream', stream: result.body } }
  return { headers, body: fromText(await result.text(), { ...context, responseHeaders: headers }) }
}

/** The body that a text holds: JSON where it is JSON, else the text. Throws where it reports an error. */
export function fromText(text: string, context: RunContext): AnswerBody {
  const value = parseJson(text)
  return fromJson(value === undefined ? text : value, context)
}

async function toBody(result: unknown, context: RunContext): Promise<AnswerBody> {
  if (result instanceof Uint8Array) return { type: 'bytes', bytes: result }
  if (result instanceof ArrayBuffer) return { type: 'bytes', bytes: new Uint8Array(result) }
  if (isStream(result)) return { type: 'stream', stream: result }
  if (isBlob(result)) return { type: 'bytes', bytes: new Uint8Array(await result.arrayBuffer()) }
  return fromJson(result, context)
}

/** Takes Cloudflare's envelope off, where there is one. */
function fromJson(value: unknown, context: RunContext): AnswerBody {
  if (typeof value === 'string') return { type: 'text', text: value }
  if (!isObject(value)) return { type: 'json', value: { response: isJson(value) ? value : null } }
  const error = readError(value)
  if (error) throw toStatedError(error, context)
  const isEnvelope = 'result' in value && ('success' in value || 'errors' in value || Object.keys(value).length === 1)
  return isEnvelope ? fromJson(value['result'], context) : { type: 'json', value }
}

function isJson(value: unknown): value is number | boolean | Json[] {
  return typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value)
}

/** Lets go of an answer that nobody waits for any more. */
export function discardAnswer({ body }: RunAnswer): void {
  if (body.type === 'stream') void body.stream.cancel().catch(() => undefined)
}

/** Tells a response by what it can do: a binding's objects may come from another realm. */
export function isResponse(value: unknown): value is Response {
  if (value instanceof Response) return true
  return isBlob(value) && 'headers' in value && 'status' in value && 'ok' in value
}

/** Tells a stream by what it can do. */
export function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return typeof value === 'object' && value !== null && 'getReader' in value && typeof value.getReader === 'function'
}

function isBlob(value: unknown): value is { arrayBuffer(): Promise<ArrayBuffer> } {
  return (
    typeof value === 'object' && value !== null && 'arrayBuffer' in value && typeof value.arrayBuffer === 'function'
  )
}
