import { buildHeaders } from '@gw/headers'
import type { AiRunOptions } from '../ai-binding.ts'
import { isObject } from '../workers-ai/run/json.ts'
import { mergeHeaders } from '../workers-ai/run/merge-headers.ts'
import { splitGateway } from '../workers-ai/run/split-gateway.ts'
import { AiInternalError } from './binding-errors.ts'
import { stringifyJson } from './stringify-json.ts'

/** One HTTP request of a binding, below the gateway's address. */
export interface BindingRequest {
  path: string
  init: RequestInit
}

/** A model call in the words of the runtime's binding. */
export interface RunCall {
  model: string
  inputs: Record<string, unknown>
  options: AiRunOptions
}

/** Options that travel with the inputs. */
type SentOptions = Record<string, unknown> & Pick<AiRunOptions, 'gateway'>

/** Bytes among the inputs: `{ body, contentType }`. */
interface BinaryInput {
  body: NonNullable<RequestInit['body']>
  contentType: string | undefined
}

/**
 * The request that the runtime's `env.AI.run` makes: JSON, or the raw bytes of the one input that holds a stream, a form
 * or a buffer, with the others in the query, or a WebSocket. Throws `AiInternalError` for bytes in several inputs.
 */
export function toRunRequest({ model, inputs, options }: RunCall): BindingRequest {
  const { prefix, extraHeaders, sessionOptions, signal, gateway, ...others } = options
  const split = gateway && splitGateway(gateway)
  const sent: SentOptions = { ...others, ...(split && { gateway: split.gateway }) }
  const headers = new Headers({
    ...mergeHeaders(isObject(sessionOptions) && sessionOptions['extraHeaders'], split?.headers, extraHeaders),
    'cf-consn-sdk-version': '2.0.0',
    'cf-consn-model-id': typeof prefix === 'string' && prefix !== '' ? `${prefix}:${model}` : model,
  })
  const rest = { headers, ...(signal && { signal }) }

  if (sent['websocket'] === true) {
    headers.set('upgrade', 'websocket')
    const query = new URLSearchParams({ version: '3', body: stringifyJson({ inputs, options: sent }) })
    return { path: `/run?${query}`, init: rest }
  }
  const binary = findBinaryInput(inputs)
  if (binary) return toBinaryRequest(binary, inputs, { sent, rest })

  headers.set('content-type', 'application/json')
  const path = gateway?.id ? '/ai-gateway/run?version=3' : '/run?version=3'
  return { path, init: { ...rest, method: 'POST', body: stringifyJson({ inputs, options: sent }) } }
}

function toBinaryRequest(
  [key, { body, contentType }]: [string, BinaryInput],
  inputs: Record<string, unknown>,
  { sent, rest }: { sent: SentOptions; rest: { headers: Headers } },
): BindingRequest {
  const { gateway, ...options } = sent
  const { [key]: _, ...userInputs } = inputs
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options)) if (value !== undefined) query.set(name, textOf(value))
  query.set('version', '3')
  query.set('userInputs', stringifyJson(userInputs))

  const { headers } = rest
  if (gateway) {
    const { id, ...gatewayOptions } = gateway
    const own = buildHeaders({ gatewayId: id, ...gatewayOptions })
    for (const [name, value] of Object.entries(own)) headers.set(name, value)
  }
  // A form names its own boundary, which only `fetch` knows.
  if (!(body instanceof FormData)) {
    if (!contentType)
      throw new AiInternalError(`Content-Type is required with the bytes of "${key}": { body, contentType }.`)
    headers.set('content-type', contentType)
  }
  const init: RequestInit = { ...rest, method: 'POST', body, duplex: 'half' }
  return { path: `/run?${query}`, init }
}

/** The one input that holds bytes. Throws when there are several. */
export function findBinaryInput(inputs: Record<string, unknown>): [string, BinaryInput] | undefined {
  const found = Object.entries(inputs).flatMap(([key, value]): [string, BinaryInput][] => {
    const given = typeof value === 'object' && value !== null && 'body' in value ? value : { body: value }
    if (!isBytes(given.body, given !== value)) return []
    const contentType = 'contentType' in given && typeof given.contentType === 'string' ? given.contentType : undefined
    return [[key, { body: given.body, contentType }]]
  })
  if (found.length > 1) {
    const keys = found.map(([key]) => key).join(', ')
    throw new AiInternalError(`Multiple ReadableStreams are not supported. Found streams in keys: [${keys}]`)
  }
  return found[0]
}

/** Bare buffers are inputs like any other and travel as a list of numbers. */
function isBytes(value: unknown, bare: boolean): value is NonNullable<RequestInit['body']> {
  if (value instanceof ReadableStream || value instanceof FormData) return true
  return !bare && (value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? stringifyJson(value) : String(value)
}
