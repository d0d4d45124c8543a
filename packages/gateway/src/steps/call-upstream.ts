import { GatewayError } from '@gw/headers'

export interface UpstreamCall {
  fetch(request: Request): Promise<Response>
  /** Ms to the first byte. */
  timeoutMs: number
  /** Aborted when the caller leaves before anything was answered. */
  callerSignal: AbortSignal
}

/** @throws GatewayError `upstream_timeout`, `upstream_unreachable`, `client_closed` */
export async function callUpstream(
  request: Request,
  { fetch, timeoutMs, callerSignal }: UpstreamCall,
): Promise<Response> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  const abort = new AbortController()
  const leave = (): void => abort.abort()
  callerSignal.addEventListener('abort', leave)
  timeout.signal.addEventListener('abort', leave)
  try {
    if (callerSignal.aborted) throw new DOMException('The caller left.', 'AbortError')
    return await fetch(new Request(request, { signal: abort.signal }))
  } catch (cause) {
    if (timeout.signal.aborted) {
      throw new GatewayError('upstream_timeout', `The provider sent nothing within ${timeoutMs} ms.`, { cause })
    }
    if (callerSignal.aborted) throw new GatewayError('client_closed', 'The caller left before the answer.', { cause })
    throw new GatewayError('upstream_unreachable', 'The provider could not be reached.', { cause })
  } finally {
    clearTimeout(timer)
    callerSignal.removeEventListener('abort', leave)
  }
}
