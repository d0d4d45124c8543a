import { GatewayError } from '@gw/headers'

export interface UpstreamCall {
  fetch(request: Request): Promise<Response>
  /** Ms to the first byte. */
  timeoutMs: number
  /** Aborted when the caller leaves before anything was answered. */
  callerSignal: AbortSignal
  /** How long the call is waited for after that, ms: it is under way, and its answer says what it costs. Default 0. */
  drainMs?: number
}

/** @throws GatewayError `upstream_timeout`, `upstream_unreachable`, `client_closed` */
export async function callUpstream(
  request: Request,
  { fetch, timeoutMs, callerSignal, drainMs = 0 }: UpstreamCall,
): Promise<Response> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  let drain: ReturnType<typeof setTimeout> | undefined
  const leave = (): void => {
    if (drainMs === 0) return stop()
    drain ??= setTimeout(stop, drainMs)
  }
  callerSignal.addEventListener('abort', leave)
  timeout.signal.addEventListener('abort', stop)
  try {
    if (callerSignal.aborted) throw new DOMException('The caller left.', 'AbortError')
    return await fetch(new Request(request, { signal: abort.signal }))
  } catch (cause) {
    if (timeout.signal.aborted) {
      throw new GatewayError('upstream_timeout', `The provider sent nothing within ${timeoutMs} ms.`, { cause })
    }
    if (callerSignal.aborted) {
      const detail = { may_cost: drain !== undefined }
      throw new GatewayError('client_closed', 'The caller left before the answer.', { cause, detail })
    }
    throw new GatewayError('upstream_unreachable', 'The provider could not be reached.', { cause })
  } finally {
    clearTimeout(timer)
    if (drain !== undefined) clearTimeout(drain)
    callerSignal.removeEventListener('abort', leave)
  }
}
