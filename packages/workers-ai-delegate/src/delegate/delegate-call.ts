import { createResumableStream } from '@gw/adapters/resumable-stream'
import type { AiBinding, GatewayOptions } from '../ai-binding.ts'
import { abortable } from '../workers-ai/run/abortable.ts'
import { isResponse, isStream } from '../workers-ai/run/run-answer.ts'
import type { DelegateCallOptions } from './delegate-options.ts'
import type { Selection } from './select-transport.ts'
import { toReadableError } from './to-readable-error.ts'

/** How the requests of one model are made. */
export interface DelegateCall {
  binding: AiBinding
  gateway: GatewayOptions
  options: DelegateCallOptions
  selection: Selection
}

/** One request on its way to the gateway. */
export interface Dispatch {
  /** Whether the answer is to be a stream. */
  stream: boolean
  signal: AbortSignal | undefined
  send(): Promise<unknown>
}

/**
 * Makes a request, tells `onDispatch` what came of it, and makes its stream a resumable one where that was chosen. Ends
 * with the signal, also where the binding does not heed it.
 */
export async function dispatch(call: DelegateCall, { stream, signal, send }: Dispatch): Promise<Response> {
  signal?.throwIfAborted()
  const sent = send().then(toResponse)
  try {
    const response = await abortable(sent, signal)
    reportDispatch(call, response)
    if (!response.ok) return await abortable(toReadableError(response), signal)
    return toResumable(call, response, { stream, signal })
  } catch (error) {
    // Whether the caller left or `onDispatch` threw: nobody reads this answer.
    sent.then(({ body }) => body?.cancel()).catch(() => undefined)
    throw error
  }
}

/** Tells `onDispatch` of an answer. */
export function reportDispatch({ options, selection }: DelegateCall, { status, headers }: Response): void {
  options.onDispatch?.({
    ...selection,
    status,
    runId: headers.get('cf-aig-run-id'),
    cfStep: headers.get('cf-aig-step'),
    cacheStatus: headers.get('cf-aig-cache-status'),
    logId: headers.get('cf-aig-log-id'),
  })
}

/** The answer with its stream picked up where it breaks off, where that was chosen and the answer is a run. */
export function toResumable(
  { binding, gateway, options, selection }: DelegateCall,
  response: Response,
  { stream, signal }: Pick<Dispatch, 'stream' | 'signal'>,
): Response {
  const { body, status, statusText } = response
  const runId = response.headers.get('cf-aig-run-id')
  if (!selection.resumeEnabled || !binding.fetch || !runId || !body || !isEventStream(response, stream)) return response

  const { onProgress, onResumeExpired, maxReconnects } = options
  const fetch = binding.fetch.bind(binding)
  const initial = createResumableStream({
    binding: { fetch },
    gateway: gateway.id,
    runId,
    initial: body,
    onProgress,
    onResumeExpired,
    maxReconnects,
    signal,
  })
  // They told of the connection that the stream began with.
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('content-encoding')
  return new Response(initial, { status, statusText, headers })
}

/** Event streams say so; gateways that leave out the content type are believed where a stream was asked for. */
function isEventStream({ headers }: Response, asked: boolean): boolean {
  const type = headers.get('content-type') ?? ''
  return type.includes('text/event-stream') || (asked && !type.includes('json'))
}

/** Fakes and older bindings answer with the object or the stream itself. */
function toResponse(answer: unknown): Response {
  if (isResponse(answer)) return answer
  if (isStream(answer)) return new Response(answer)
  return Response.json(answer)
}
