import { GatewayError, headerNames } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { authenticate } from '../steps/authenticate.ts'
import type { Runs } from './runs.ts'

/** Whether a caller asks for an answer that can be resumed. */
export function asksForRun({ method, headers }: Request): boolean {
  return method === 'POST' && headers.get(headerNames.resumable) === 'true'
}

/**
 * Has a run of its own answer the request. `undefined` where there are no runs or the caller is unknown, which is then
 * for the request itself to say; an error where the run failed before it answered.
 */
export async function answerInRun(
  http: Request,
  gatewayId: string,
  deps: Deps,
): Promise<Response | GatewayError | undefined> {
  if (!deps.runs) return undefined
  const caller = await authenticate(http, new URL(http.url), deps.keys).catch(() => undefined)
  if (!caller) return undefined
  try {
    return await startRun(http, { orgId: caller.orgId, gatewayId, runs: deps.runs, random: deps.random })
  } catch (cause) {
    return new GatewayError('unavailable', 'The run failed before it answered. Try again, or without `gw-resumable`.', {
      cause,
    })
  }
}

interface RunStart extends Pick<Deps, 'random'> {
  orgId: string
  gatewayId: string
  runs: Runs
}

async function startRun(http: Request, { orgId, gatewayId, runs, random }: RunStart): Promise<Response> {
  const bytes = new Uint8Array(32)
  random(bytes)
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return runs.start({ id, orgId, gatewayId }, http)
}
