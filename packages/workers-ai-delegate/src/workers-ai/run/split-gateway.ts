import { buildHeaders } from '@gw/headers'
import type { GatewayOptions } from '../../ai-binding.ts'

/** What `run` takes as options of a gateway; all else that a gateway can be asked has a header. */
const runtimeOptions: ReadonlySet<string> = new Set([
  'id',
  'cacheKey',
  'cacheTtl',
  'skipCache',
  'metadata',
  'collectLog',
  'eventId',
  'requestTimeoutMs',
  'retries',
])

/** A gateway in the two forms in which a run names it. */
export interface RunGateway {
  gateway: GatewayOptions
  headers: Record<string, string>
}

/** The options that the runtime knows, and the headers of the others. Throws `invalid_header` past a limit. */
export function splitGateway({ id, ...options }: GatewayOptions): RunGateway {
  const entries = Object.entries(options)
  const known = entries.filter(([name]) => runtimeOptions.has(name))
  const others = entries.filter(([name]) => !runtimeOptions.has(name))
  return { gateway: { id, ...Object.fromEntries(known) }, headers: buildHeaders(Object.fromEntries(others)) }
}

/** Throws `invalid_header` for a value past its limit, as no call could be made with it. */
export function checkGateway({ id: _, ...options }: GatewayOptions): void {
  buildHeaders(options)
}
